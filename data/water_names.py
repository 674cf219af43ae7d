"""Names of Finland's big waters, written out by hand: Finnish, Swedish, and a point on the water.

The points only say which water is meant; `derive_basemap` refuses a point that lies in no lake, and
puts the name where that lake is widest.
"""

SEAS = (
    ("Suomenlahti", "Finska viken", 25.4, 59.78),
    ("Selkämeri", "Bottenhavet", 20.0, 61.6),
    ("Perämeri", "Bottenviken", 23.3, 64.75),
    ("Saaristomeri", "Skärgårdshavet", 21.25, 59.85),
    ("Itämeri", "Östersjön", 20.0, 58.3),
)
LAKES = (
    ("Saimaa", "Saimen", 28.15, 61.25),
    ("Päijänne", "Päijänne", 25.45, 61.55),
    ("Vesijärvi", "Vesijärvi", 25.583, 61.031),
    ("Inarijärvi", "Enare träsk", 27.8, 69.0),
    ("Pielinen", "Pielinen", 29.6, 63.25),
    ("Oulujärvi", "Ule träsk", 26.99, 64.418),
    ("Keitele", "Keitele", 25.95, 62.9),
    ("Kallavesi", "Kallavesi", 27.75, 62.8),
    ("Näsijärvi", "Näsijärvi", 23.699, 61.588),
    ("Pyhäjärvi", "Pyhäjärvi", 22.3, 61.0),
    ("Orivesi", "Orivesi", 29.6, 62.3),
    ("Höytiäinen", "Höytiäinen", 29.7, 62.8),
    ("Puula", "Puula", 26.7, 61.85),
    ("Lappajärvi", "Lappajärvi", 23.7, 63.15),
    ("Vanajavesi", "Vanajavesi", 24.25, 61.1),
    ("Konnevesi", "Konnevesi", 26.603, 62.611),
    ("Kemijärvi", "Kemijärvi", 27.6, 66.6),
    ("Lohjanjärvi", "Lojo sjö", 23.95, 60.22),
    ("Kivijärvi", "Kivijärvi", 25.15, 63.2),
    ("Laatokka", "Ladoga", 31.5, 60.9),
    ("Ääninen", "Onega", 35.5, 61.6),
)
