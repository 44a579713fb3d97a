from __future__ import annotations

import os

import pytest

from gongkai.mounts import current_mounts, parse_mounts
from gongkai.settings import Backend
from gongkai.watch.backends import backend_for, watch_limit

MOUNTINFO = b"""\
27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
40 27 0:40 / /srv/share rw,relatime shared:1 - cifs //files/office rw
41 27 0:41 / /srv/share/local rw - xfs /dev/vdb rw
42 27 0:42 / /mnt/\\345\\205\\254\\346\\226\\207\\040dir rw - nfs4 nas:/x rw
43 27 0:43 / /mnt/usb rw - fuseblk /dev/sdb1 rw
44 27 0:44 / /mnt/vm rw - 9p host rw
45 27 0:45 / /mnt/sshfs rw - fuse.sshfs host: rw
46 27 0:46 / /mnt/again rw - ext4 /dev/vdc rw
47 27 0:47 / /mnt/again rw - smb3 //files/again rw
48 27 0:48 / /mnt/vbox rw - vboxsf share rw
"""


@pytest.mark.parametrize(
    ("path", "backend"),
    [
        pytest.param("/home/office", Backend.NATIVE, id="a local disk raises events"),
        pytest.param("/srv/share/a", Backend.POLLING, id="SMB"),
        pytest.param("/srv/share", Backend.POLLING, id="the mount point itself"),
        pytest.param("/srv/share/local/a", Backend.NATIVE, id="a local disk inside a share"),
        pytest.param("/srv/shared", Backend.NATIVE, id="a name that only begins alike"),
        pytest.param("/mnt/公文 dir/a", Backend.POLLING, id="NFS under an escaped name"),
        pytest.param("/mnt/usb/a", Backend.POLLING, id="FUSE block"),
        pytest.param("/mnt/sshfs/a", Backend.POLLING, id="FUSE by kind"),
        pytest.param("/mnt/vm/a", Backend.POLLING, id="9p"),
        pytest.param("/mnt/vbox/a", Backend.POLLING, id="VirtualBox"),
        pytest.param("/mnt/again/a", Backend.POLLING, id="the later mount hides the earlier"),
    ],
)
def test_network_folders_are_polled(path: str, backend: Backend) -> None:
    mounts = parse_mounts(MOUNTINFO)

    assert backend_for(path, mounts, Backend.AUTO) is backend


def test_what_the_office_wrote_wins() -> None:
    mounts = parse_mounts(MOUNTINFO)

    assert backend_for("/srv/share/a", mounts, Backend.NATIVE) is Backend.NATIVE
    assert backend_for("/home", mounts, Backend.POLLING) is Backend.POLLING


def test_without_mountinfo_everything_is_polled() -> None:
    assert backend_for("/home", (), Backend.AUTO) is Backend.POLLING


def test_this_machine_says_what_it_mounts_and_how_much_it_may_watch() -> None:
    assert any(mount.point == "/" for mount in current_mounts())
    limit = watch_limit()
    assert limit is None or limit > 0
    assert os.sep == "/"
