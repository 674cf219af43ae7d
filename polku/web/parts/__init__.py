"""The parts a page is put together from. Each is a function of plain values that gives HTML.

They are compiled strings, cheap enough for a row of a long list; templates reach them through
``{% load ui %}``.
"""
