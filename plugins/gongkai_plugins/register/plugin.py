"""The plugin ``register``: its hooks. What they need is imported when they are asked."""

from __future__ import annotations

from gongkai import hookimpl
from gongkai.hookspecs import Command
from gongkai.model.move import Allow, Move, Refuse

_ROOM = "gongkai_plugins.register"

COMMANDS = {
    "add": ("add:add", "登记一件或者几件办理件；依申请公开的一事一记"),
    "list": ("show:list_", "列出登记事项"),
    "show": ("show:show", "查看一条登记"),
    "publish": ("publish:publish", "登记公开情况：渠道、网址、时间、材料"),
    "sheet": ("publish:sheet", "制作公开情况回填表"),
    "import": ("publish:import_", "导入填好的公开情况回填表"),
    "withhold": ("withhold:withhold", "登记为不主动公开"),
    "review": ("withhold:review", "登记对不公开事项的定期评估"),
    "correct": ("change:correct", "更正登记：另记一条，原登记保留"),
    "cancel": ("change:cancel", "注销登记，序号不再使用"),
    "withdraw": ("change:withdraw", "登记撤下已公开的事项"),
    "file": ("change:file_", "登记基础资料"),
    "ledger": ("ledger:ledger", "制作登记台账"),
    "reconcile": ("reconcile:reconcile", "与实际公开的内容核对"),
    "consult": ("consult:consult", "预公开征求意见"),
    "opinion": ("consult:opinion", "意见建议登记"),
    "resolution": ("resolution:resolution", "领导小组审核决议"),
}


@hookimpl
def guard_transition(move: Move) -> Allow | Refuse | None:
    """先审核、后登记、再公开 (REG-02): every move of registration, and no other."""
    from gongkai_plugins.register.guard import answer

    return answer(move)


@hookimpl
def commands() -> list[Command]:
    """The commands, in the group ``register`` beside those of the chain."""
    return [
        Command(f"register {name}", f"{_ROOM}.commands.{path}", words)
        for name, (path, words) in COMMANDS.items()
    ]


@hookimpl
def tables() -> list[str]:
    """The register's own tables."""
    return [f"{_ROOM}.tables:metadata"]
