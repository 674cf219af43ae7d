"""The client's own view: my turn, my next thing, my path, my coach, who has looked.

Everything here is said in plain words and short sentences, and works on an old phone.
"""
