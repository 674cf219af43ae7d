from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "polku.placements"
    label = "placements"

    def ready(self) -> None:
        from polku.clients import ports
        from polku.contacts import ports as contacts
        from polku.foundation import outbox, viewer
        from polku.foundation.door import public
        from polku.placements import guarding
        from polku.placements import ports as placements
        from polku.placements.host import door, links, mails, telling
        from polku.placements.map import tiles

        tiles.let_worker()
        viewer.add_resolver(door.host_viewer)
        public.add_host_paths(door.HOME, door="host_out")
        outbox.use_host_address(links.address_of)
        placements.host_told.append(telling.tell)
        contacts.to_hosts.append(contacts.ToHosts(of=mails.of, names=mails.names))
        ports.ban_set.append(guarding.hide)
        ports.closed.append(guarding.stop)
        ports.guarded_words.append(guarding.words)
        ports.died.append(guarding.stop)
