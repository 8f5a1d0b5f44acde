"""Settings of this machine: local, never synced."""

from pos_app.storage.engine import Database

DEFAULTS = {
    "day_id": "",
    "register": "R1",
    "type_scale": "100",
    "theme": "light",
    "language": "ko",
    "left_handed": "0",
    "sound": "1",
    "printer_uri": "",
    "receipt_width": "80",
    "print_receipts": "1",
    "receipt_qr": "1",
    "shop_name": "장터",
    "shop_business_no": "",
    "shop_representative": "",
    "shop_address": "",
    "shop_phone": "",
    "shop_footer": "교환·환불은 영수증을 가지고 오늘 안에 오세요.",
    "transfer_account": "",
    "over_short_limit_won": "5000",
    "scale_patterns": "21IIIIIWWWWWC 20IIIIIPPPPPC",
    "auto_lock_minutes": "0",
    "vendor_id": "",
    "last_operator": "",
    "customer_display": "auto",
    "drawer": "1",
    "backup_place": "",
    "second_copy": "",
}


class Settings:
    """Read once, kept in memory, written through."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._values: dict[str, str] = {}
        self.reload()

    def reload(self) -> None:
        """Read what is stored."""
        with self._database.read() as rows:
            self._values = dict(rows.all('SELECT "name", "value" FROM "setting"'))

    def get(self, name: str) -> str:
        """A setting's text, or its default. KeyError for a name that no one knows."""
        if name in self._values:
            return self._values[name]
        return DEFAULTS[name]

    def number(self, name: str) -> int:
        """A setting that is a whole number."""
        return int(self.get(name))

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        if name not in DEFAULTS:
            raise KeyError(name)
        with self._database.write() as rows:
            rows.run(
                'INSERT INTO "setting" ("name", "value") VALUES (?, ?) '
                'ON CONFLICT ("name") DO UPDATE SET "value" = excluded."value"',
                name,
                value,
            )
        self._values[name] = value

    def all(self) -> dict[str, str]:
        """Every setting with its value."""
        return {name: self.get(name) for name in DEFAULTS}
