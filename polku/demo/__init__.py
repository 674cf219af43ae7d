"""The invented world, and the one-click sign-in to it. Real places, invented people."""
