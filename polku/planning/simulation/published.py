"""What trials found, as published. Days are calendar days; standard errors in the names.

- Denmark: J. Maibom, M. Rosholm, M. Svarer, "Experimental Evidence on the Effects of Early Meetings
  and Activation", Scandinavian Journal of Economics 119(3), 2017. Meetings each fortnight for the
  newly unemployed: employment over two years up by 10 %, which is 5 weeks.
- Austria: R. Böheim, R. Eppel, H. Mahringer, "The impact of lower caseloads in public employment
  services on the unemployed", Journal for Labour Market Research 57, 2023, tables 3 (controls,
  and differences by least squares) and 6; caseloads 250 and 100 (Wiener Zeitung, March 2024).
- Switzerland: A. Schiprowski, "The Role of Caseworkers in Unemployment Insurance: Evidence from
  Unplanned Absences" (seminar, DIW Berlin, 9 November 2016: two weeks; IZA discussion paper 11040,
  2017: a lost meeting costs 10 days, 5 % of the mean; econtribute.de: two to three meetings in half
  a year). Never used for fitting.
"""

from __future__ import annotations

WEEK = 7.0
TWO_YEARS, THREE_YEARS, YEAR = 104, 156, 52

# Denmark
DENMARK_GAIN = 5.0  # weeks employed in two years
DENMARK_CONTROL = 50.0  # of which it is 10 %
DENMARK_TOLERANCE = 1.0  # weeks: "about 5", and no standard error in what we have

# Austria
AUSTRIA_SPELL, AUSTRIA_SPELL_SE = -62.0, 7.0  # days
AUSTRIA_EMPLOYED, AUSTRIA_EMPLOYED_SE = 16.0, 4.0  # days over two years
AUSTRIA_HIRED, AUSTRIA_GONE = 0.311, 0.220  # controls out of the spell to work, away, in a year
AUSTRIA_DAYS = {"employed": 184.0, "in_service": 420.0, "left": 137.0}  # controls, two years
AUSTRIA_CASELOADS = (250, 100)
# Table 6: days employed, of those who were clients already and of the newly registered.
AUSTRIA_EXISTING, AUSTRIA_EXISTING_SE = 9.0, 5.0
AUSTRIA_NEW, AUSTRIA_NEW_SE = 24.0, 6.0
AUSTRIA_SHARE_NEW = (16.0 - 9.0) / (24.0 - 9.0)  # that makes 16 of 9 and 24

# Switzerland: predicted, never fitted
SWISS_LONGER = 2.0  # weeks, where the caseworker was away ten workdays or more in three months
SWISS_TOLERANCE = 1.5  # weeks; significant at 5 % means a standard error of 1.02 at most
SWISS_MEAN = 200.0 / WEEK  # weeks of a spell: 10 days are 5 %
