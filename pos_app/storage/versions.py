"""Which shapes of the store this program knows."""

# The number in PRAGMA user_version; raise it with each new file in migrations/versions.
LOCAL_VERSION = 4
# Raise it when a folded table changes: the tables are then told anew from the events.
FOLD_VERSION = 6
