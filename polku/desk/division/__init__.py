"""Who might coach whom: new clients, cover for an absence, balance; a lead accepts each.

Words: *division*, a question that a lead has asked for the team; *row*, one client in it with who
is proposed and why, or why nobody can. The job of the planning worker (`running`) gathers what the
lead may see (`gathering`), has the kernel answer, checks the answer and writes rows; the page only
reads them (`shown`, `wording`), and what a person accepts goes through the actions that hand over
and name a cover everywhere (`deciding`). Nobody is scored, and nobody moves by itself.
"""
