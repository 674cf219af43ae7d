"""How Polku looks: layout, tokens, components and error pages. Nothing about the domain.

Words of this room: a *token* is a named value (colour, space, type); a *part* is a component that
is drawn from tokens; the *shell* is what stands around every page (bar, navigation, footer).

Doors:
- templates extend ``web/base.html`` (staff) or ``web/light.html`` (clients and hosts);
- ``{% load ui %}`` gives every part, shown in every state at ``/design/``;
- ``web.context.Shell`` is what a page needs to know of its viewer;
- ``web.toasts.toast`` says what was done, with an Undo where there is one;
- ``web.bundle.build()`` writes the style sheet from its sources.
"""
