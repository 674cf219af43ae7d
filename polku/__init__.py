"""Polku: a personal coach's tool for helping people back towards work."""
