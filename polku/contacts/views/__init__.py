"""Pages of this room: the panel, a contact, drafts, appointments, reminders, texts, mails."""
