"""What groups of chains do to each other: contacts, typed interactions, areas, burial, classes, copies."""
