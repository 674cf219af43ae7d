"""Addresses and numbers are seen in a text as people write them; dates and amounts are not."""

from __future__ import annotations

import pytest

from polku.clients.whereabouts import found_in

TELLING = [
    line.strip()
    for line in """
    Soita 040 1234567
    puh. 040-123 4567
    +358 40 123 4567
    +358(0)40 1234567
    00358401234567
    uusi numero 0401234567.
    (03) 123 4567
    03-1234567
    040.123.4567
    03/123 4567
    numero on 765 4321
    Ring 019-12 34 56
    358401234567
    +46 70 123 45 67
    devi@example.org
    devi (at) example.org
    devi.koivunen [at] example . fi
    Asuu nyt Rantatie 5:ssä
    rantatie 5
    Rantatiellä 5 b 12
    Rantatien 5
    Satamakatu 3 B 12
    Ison Roobertinkatu 12
    Muutti Satamakadulle 3.
    Kanavaranta 1
    Omenapolku 3
    Mannerheimintie 12-14
    Storgatan 5
    på strandvägen 12 a
    Vanha Tie 4
    16600 Järvelä
    FI-00100 Helsinki
    PL 123
    12 Main Street
    Tapaamme Aleksanterinkatu 20, klo 12
    """.splitlines()
    if line.strip()
]
HARMLESS = [
    line.strip()
    for line in """
    kello 12.30
    klo 9-15
    ma 08-16, ti 09-15
    08-16 09-15
    3 kk
    2 x 15 min
    10/10
    24.11.2025
    1.1.2026–31.3.2026
    01.02.2026
    2026-11-02
    03/2026
    1.12.2025 klo 12.30–13.15
    asteikolla 0-10
    1 200 euroa
    15000 euroa kuussa
    10 000 askelta
    50 % työaika
    Y-tunnus 0123456-7
    opintiellä 3 vuotta
    siitä lähtien 2 kertaa
    kuntien 12 hanketta
    Työllistymispolku 2
    Palvelupolku 3: alkaa
    vuosina 2019-2021
    puhelu 15 min
    soitan 5.1.
    soitetaan 12.1. klo 10
    Handlingsplan 2
    kerran viikossa, 30 min
    """.splitlines()
    if line.strip()
]
KNOWN = [
    "Rantatie 1", "+358401234567", "devi@example.org", "16600", "Järvelä", "Lahti", "Helsinki",
    "Turvakoti, Satamakadun kulma",
]  # fmt: skip


@pytest.mark.parametrize("text", TELLING)
def test_an_address_or_a_number_is_seen(text: str) -> None:
    assert found_in(text)
    assert found_in(f"Sovittiin, että {text}\nja jatketaan.")


@pytest.mark.parametrize("text", HARMLESS)
def test_dates_times_and_amounts_are_not(text: str) -> None:
    assert not found_in(text)
    assert not found_in(f"Sovittiin: {text}, jatketaan.", KNOWN)


@pytest.mark.parametrize(
    "text",
    [
        "asuu rantatiellä", "muutti Lahdesta", "Järvelässä", "Helsingin keskustassa", "koodi 16600",
        "401 23 45 67", "turvakoti,  satamakadun kulma",
    ],
)  # fmt: skip
def test_what_is_known_of_this_client_is_seen_in_its_cases(text: str) -> None:
    assert found_in(text, KNOWN)
    assert not found_in(text), "control: without what is known there is nothing to see"


def test_a_word_that_only_begins_alike_passes() -> None:
    assert not found_in("Lahjakas käsistään, luki lehden", KNOWN)
