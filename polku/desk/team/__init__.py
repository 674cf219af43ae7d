"""The team's pages: caseloads, handing over one or many, bulk actions, the minutes table."""
