"""``gongkai register …``: what the custodian and those who publish type."""
