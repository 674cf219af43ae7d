"""Names of invented people: Finnish ones by decade of birth, others by mother tongue.

First names and surnames are common ones, so that a pair points at nobody.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Names:
    """`surnames_women` pairs with `surnames` by place where the woman's form differs."""

    language: str  # ISO 639-1
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    surnames_women: tuple[str, ...] = ()

    def surname(self, woman: bool, nth: int) -> str:
        """The `nth` surname (any number) in the form for the person."""
        forms = self.surnames_women if woman and self.surnames_women else self.surnames
        return forms[nth % len(forms)]


# Decade of birth -> (women, men).
FINNISH_FIRST_NAMES: dict[int, tuple[tuple[str, ...], tuple[str, ...]]] = {
    1950: (
        (
            "Tuula", "Ritva", "Leena", "Pirjo", "Raija", "Marja", "Sirpa", "Eija", "Arja", "Irma",
            "Maija", "Pirkko", "Seija", "Marjatta", "Terttu", "Anneli", "Kaija", "Helena",
        ),
        (
            "Matti", "Timo", "Pekka", "Kari", "Hannu", "Seppo", "Jukka", "Pentti", "Erkki", "Raimo",
            "Markku", "Heikki", "Antero", "Jorma", "Veikko", "Ilkka", "Reijo", "Martti",
        ),
    ),
    1960: (
        (
            "Päivi", "Merja", "Anne", "Tarja", "Sari", "Jaana", "Eija", "Kirsi", "Riitta", "Ulla",
            "Marjo", "Satu", "Arja", "Taina", "Virpi", "Kaisu", "Helena", "Sirkka", "Auli",
            "Maarit",
        ),
        (
            "Jari", "Timo", "Kari", "Juha", "Pasi", "Ari", "Esa", "Harri", "Vesa", "Tapio",
            "Jouni", "Olli", "Ismo", "Arto", "Jyrki", "Risto", "Kimmo", "Mauri", "Rauno", "Jaakko",
        ),
    ),
    1970: (
        (
            "Minna", "Katja", "Mari", "Tiina", "Johanna", "Heidi", "Anu", "Kirsi", "Sanna",
            "Marika",
            "Niina", "Outi", "Hanna", "Susanna", "Mervi", "Piia", "Teija", "Nina", "Krista", "Eeva",
        ),
        (
            "Mika", "Sami", "Marko", "Janne", "Jani", "Petri", "Toni", "Jarkko", "Jussi", "Tommi",
            "Kimmo", "Ville", "Pekka", "Mikko", "Antti", "Tero", "Jarno", "Juha", "Jukka", "Markus",
        ),
    ),
    1980: (
        (
            "Hanna", "Laura", "Heidi", "Jenni", "Anna", "Elina", "Riikka", "Henna", "Suvi", "Satu",
            "Noora", "Terhi", "Mira", "Kati", "Reetta", "Anni", "Johanna", "Salla", "Milla",
            "Jonna",
        ),
        (
            "Antti", "Mikko", "Ville", "Tuomas", "Juho", "Lauri", "Henri", "Tomi", "Markus",
            "Matti",
            "Joonas", "Olli", "Jaakko", "Heikki", "Panu", "Samuli", "Eero", "Juuso", "Kalle",
            "Simo",
        ),
    ),
    1990: (
        (
            "Jenna", "Sara", "Emilia", "Noora", "Roosa", "Jasmin", "Essi", "Sini", "Karoliina",
            "Anni", "Iida", "Julia", "Veera", "Milla", "Jemina", "Henna", "Oona", "Tiia", "Ronja",
        ),
        (
            "Joonas", "Niko", "Juho", "Aleksi", "Eetu", "Jere", "Santeri", "Valtteri", "Miika",
            "Joni", "Otto", "Roope", "Tuukka", "Arttu", "Oskari", "Jesse", "Samu", "Konsta", "Tatu",
        ),
    ),
    2000: (
        (
            "Emma", "Aino", "Siiri", "Venla", "Iida", "Ella", "Anni", "Veera", "Nea", "Oona",
            "Helmi", "Pinja", "Sofia", "Enni", "Kerttu", "Lotta", "Aada", "Vilma", "Minea",
        ),
        (
            "Eetu", "Veeti", "Aleksi", "Elias", "Onni", "Joona", "Rasmus", "Leevi", "Arttu",
            "Niilo",
            "Daniel", "Miro", "Topi", "Väinö", "Luka", "Kasper", "Eemil", "Peetu", "Viljami",
        ),
    ),
}  # fmt: skip

FINNISH_SURNAMES = (
    "Korhonen", "Virtanen", "Mäkinen", "Nieminen", "Mäkelä", "Hämäläinen", "Laine", "Heikkinen",
    "Koskinen", "Järvinen", "Lehtonen", "Lehtinen", "Saarinen", "Salminen", "Heinonen", "Niemi",
    "Heikkilä", "Kinnunen", "Salonen", "Turunen", "Salo", "Laitinen", "Tuominen", "Rantanen",
    "Karjalainen", "Jokinen", "Mattila", "Savolainen", "Lahtinen", "Ahonen", "Ojala", "Leppänen",
    "Väisänen", "Hiltunen", "Miettinen", "Leinonen", "Pitkänen", "Aaltonen", "Manninen", "Koivisto",
    "Anttila", "Hakala", "Laaksonen", "Räsänen", "Lehto", "Laakso", "Toivonen", "Mustonen", "Aalto",
    "Niskanen", "Moilanen", "Peltonen", "Vainio", "Ranta", "Peltola", "Nurmi", "Kettunen",
    "Pulkkinen", "Seppälä", "Kangas", "Rissanen", "Voutilainen", "Partanen", "Suominen", "Eskola",
    "Hyvönen", "Hänninen", "Kokkonen", "Lampinen", "Kemppainen", "Oksanen", "Rautiainen", "Ikonen",
    "Pesonen", "Tikkanen", "Halonen", "Immonen", "Karppinen", "Sillanpää", "Huttunen", "Kauppinen",
    "Lindroos", "Hietala", "Nyman", "Huovinen", "Marttila", "Keränen", "Jääskeläinen", "Vesterinen",
    "Parkkinen", "Kärkkäinen", "Puustinen", "Tolvanen", "Jaakkola", "Kivelä", "Sirén", "Pennanen",
    "Ylönen", "Kosonen", "Tanskanen", "Haapala", "Uusitalo", "Haapanen", "Koponen", "Kukkonen",
    "Rinne", "Viitanen", "Kuusisto", "Lahti", "Nousiainen", "Kuisma", "Ruotsalainen", "Pasanen",
    "Hautala", "Ketola", "Kujala", "Honkanen", "Kuosmanen", "Lipponen", "Niemelä", "Paananen",
    "Vuorinen", "Tervo", "Ojanen", "Nykänen", "Soininen", "Vartiainen", "Lehtola", "Ollila",
    "Pihlajamäki", "Sorsa", "Tamminen", "Hokkanen", "Hyttinen", "Juntunen", "Kivinen", "Kuronen",
    "Lassila", "Louhi", "Malinen", "Mikkola", "Myllymäki", "Nikkilä", "Nissinen", "Nurminen",
    "Ovaska", "Pajunen", "Palomäki", "Piippo", "Pirinen", "Pohjola", "Raatikainen", "Rajamäki",
    "Reponen", "Rossi", "Saari", "Sainio", "Sarkkinen", "Simonen", "Sipilä", "Sutinen", "Taipale",
    "Tiainen", "Tiihonen", "Tuomela", "Tuomi", "Ukkonen", "Valkama", "Vanhala", "Varis", "Viljanen",
    "Vilén", "Vuori", "Välimäki", "Ylinen", "Yli-Mäki", "Ala-Seppälä", "Hakkarainen", "Holopainen",
    "Kananen", "Kilpeläinen", "Kolehmainen", "Lukkarinen", "Maukonen", "Pakarinen", "Pekkala",
    "Roininen", "Sallinen", "Siltala", "Tarvainen", "Tossavainen", "Wallenius", "Ylitalo",
)  # fmt: skip

SWEDISH = Names(
    "sv",
    (
        "Anna", "Maria", "Karin", "Gunilla", "Carola", "Ann-Sofi", "Camilla", "Linda", "Jessica",
        "Sofia", "Emma", "Ida", "Wilma", "Ellen", "Frida",
    ),
    (
        "Johan", "Mats", "Kaj", "Stefan", "Peter", "Anders", "Robert", "Kenneth", "Tobias",
        "Sebastian", "Oscar", "Emil", "Axel", "Rasmus", "Fredrik",
    ),
    (
        "Johansson", "Lindholm", "Nyberg", "Backman", "Lindström", "Söderström", "Karlsson",
        "Nordström", "Sundqvist", "Westerlund", "Holmberg", "Forsman", "Grönroos", "Öhman", "Björk",
    ),
)  # fmt: skip

RUSSIAN = Names(
    "ru",
    (
        "Irina", "Tatjana", "Olga", "Natalia", "Svetlana", "Jelena", "Marina", "Anna", "Julia",
        "Jekaterina", "Galina", "Darja", "Ksenia", "Ljudmila", "Anastasia",
    ),
    (
        "Sergei", "Aleksandr", "Andrei", "Dmitri", "Vladimir", "Igor", "Aleksei", "Nikolai",
        "Maksim", "Pavel", "Mihail", "Jevgeni", "Viktor", "Artjom", "Denis",
    ),
    (
        "Ivanov", "Smirnov", "Kuznetsov", "Popov", "Vasiljev", "Petrov", "Sokolov", "Mihailov",
        "Fjodorov", "Morozov", "Volkov", "Aleksejev", "Lebedev", "Semjonov", "Jegorov",
    ),
    (
        "Ivanova", "Smirnova", "Kuznetsova", "Popova", "Vasiljeva", "Petrova", "Sokolova",
        "Mihailova", "Fjodorova", "Morozova", "Volkova", "Aleksejeva", "Lebedeva", "Semjonova",
        "Jegorova",
    ),
)  # fmt: skip

UKRAINIAN = Names(
    "uk",
    (
        "Oksana", "Olena", "Iryna", "Natalija", "Julija", "Halyna", "Tetjana", "Anastasija",
        "Ljudmyla", "Marija", "Sofija", "Viktorija", "Kateryna", "Daryna",
    ),
    (
        "Oleksandr", "Andrij", "Serhij", "Volodymyr", "Mykola", "Jurij", "Vasyl", "Ivan", "Dmytro",
        "Bohdan", "Taras", "Oleh", "Maksym", "Roman",
    ),
    (
        "Shevchenko", "Kovalenko", "Bondarenko", "Tkachenko", "Kravchenko", "Melnyk", "Kovalchuk",
        "Polishchuk", "Savchenko", "Marchenko", "Lysenko", "Moroz", "Rudenko", "Petrenko",
    ),
)  # fmt: skip

SOMALI = Names(
    "so",
    (
        "Amina", "Fadumo", "Hodan", "Sahra", "Khadra", "Halimo", "Nasra", "Ifrah", "Maryan",
        "Asha", "Hibo", "Sagal", "Ubah", "Zahra",
    ),
    (
        "Abdi", "Mohamed", "Ahmed", "Hassan", "Yusuf", "Abdullahi", "Omar", "Ali", "Ibrahim",
        "Mahad", "Liban", "Guled", "Said", "Warsame",
    ),
    (
        "Ali Hassan", "Mohamed Ahmed", "Abdi Farah", "Omar Warsame", "Yusuf Ismail", "Nur Hussein",
        "Jama Mohamud", "Ahmed Osman", "Abdullahi Aden", "Hassan Dirie", "Farah Elmi",
        "Mohamud Abdi",
    ),
)  # fmt: skip

ARABIC = Names(
    "ar",
    (
        "Fatima", "Zainab", "Noor", "Rana", "Layla", "Huda", "Mariam", "Rasha", "Amal", "Dina",
        "Samira", "Hanan", "Iman", "Yasmin",
    ),
    (
        "Ahmed", "Ali", "Hussein", "Omar", "Mustafa", "Khaled", "Hassan", "Karim", "Yousef",
        "Samir", "Bilal", "Tariq", "Nabil", "Haider",
    ),
    (
        "Al-Hassan", "Haddad", "Khalil", "Mansour", "Nasser", "Saleh", "Ibrahim", "Aziz", "Rahman",
        "Al-Jabiri", "Hamdan", "Darwish", "Kassem", "Yassin",
    ),
)  # fmt: skip

ESTONIAN = Names(
    "et",
    (
        "Kadri", "Liis", "Katrin", "Piret", "Kristiina", "Anneli", "Triin", "Maarika", "Ülle",
        "Kersti", "Merle", "Kaire",
    ),
    (
        "Andres", "Toomas", "Margus", "Urmas", "Rein", "Priit", "Tarmo", "Raivo", "Indrek", "Siim",
        "Meelis", "Kristjan",
    ),
    (
        "Tamm", "Saar", "Sepp", "Mägi", "Kask", "Kukk", "Rebane", "Ilves", "Pärn", "Koppel", "Luik",
        "Oja", "Raudsepp", "Lepik",
    ),
)  # fmt: skip

VIETNAMESE = Names(
    "vi",
    (
        "Thi Lan", "Thi Hoa", "Thi Mai", "Thu Ha", "Ngoc Anh", "Thi Huong", "Kim Chi", "Minh Thu",
        "Thi Nga", "Bich Ngoc",
    ),
    (
        "Van Minh", "Quang Huy", "Duc Anh", "Van Hung", "Thanh Tung", "Hoang Nam", "Van Long",
        "Tuan Anh", "Minh Duc", "Van Son",
    ),
    ("Nguyen", "Tran", "Le", "Pham", "Hoang", "Phan", "Vu", "Dang", "Bui", "Do", "Ngo", "Duong"),
)  # fmt: skip

BY_LANGUAGE = {
    names.language: names
    for names in (SWEDISH, RUSSIAN, UKRAINIAN, SOMALI, ARABIC, ESTONIAN, VIETNAMESE)
}

# Out of a hundred clients of a southern Finnish town; an assumption, not a statistic.
LANGUAGE_WEIGHTS = {
    "fi": 83, "ru": 5, "uk": 3, "ar": 2, "et": 2, "so": 2, "vi": 2, "sv": 1,
}  # fmt: skip
