"""Phrases with fields in them that more than one form says."""

from __future__ import annotations

from gongkai.messages import say


def signed(box: str, name: str = "name") -> str:
    """The line for ``box``, a field with a name, a day and whether it was signed on paper.

    While nobody has signed, room is left for hand and pen.
    """
    return say(
        "forms.signed",
        name=f"{{{{ {box}.{name} }}}}{{% if not {box}.{name} %}}　　　　{{% endif %}}",
        for_whom=f"{{% if {box}.for_whom %}}"
        + say("forms.for_whom", name=f"{{{{ {box}.for_whom }}}}")
        + "{% endif %}",
        on_paper=f"{{% if {box}.on_paper %}}{say('forms.on_paper')}{{% endif %}}",
        date=f"{{{{ {box}.date | day }}}}{{% if not {box}.date %}}"
        + say("forms.day_blank")
        + "{% endif %}",
    )


def scope_words() -> str:
    """What was checked and what was not, said even when that is nothing."""
    none = say("forms.none")
    shown = {part: f'{{{{ {part} or "{none}" }}}}' for part in ("checked", "unchecked")}
    return say("forms.scope", **shown)
