def page(request): return {}
def panel(): return {}
def light(): return {}
