"""The tables of the library file as peewee knows them, private to storage; constraints stand in the migrations.

They are bound to no database: every query is run by the `Database` of the library it is meant for, so that several
libraries can be open in one process.
"""

from __future__ import annotations

from peewee import BlobField, CompositeKey, FloatField, IntegerField, Model, TextField


class Table(Model):
    """A table named like its class: `MarkTags` is mark_tags."""

    class Meta:  # noqa: D106
        legacy_table_names = False


class Authors(Table):
    """People who write."""

    id = TextField(primary_key=True)
    name = TextField()
    colour = IntegerField()


class Devices(Table):
    """Machines marks were made on; those that are not the user's own came with merges."""

    id = TextField(primary_key=True)
    name = TextField()
    own = IntegerField()


class Pens(Table):
    """Pens that were renamed."""

    number = IntegerField(primary_key=True)
    name = TextField()


class Settings(Table):
    """Preferences and places."""

    key = TextField(primary_key=True)
    value = TextField()


class Documents(Table):
    """Documents."""

    id = TextField(primary_key=True)
    title = TextField()
    created = TextField()
    removed = IntegerField()
    kind = TextField()
    level = TextField()
    issued = TextField(null=True)


class Editions(Table):
    """Editions without their texts."""

    id = TextField(primary_key=True)
    document_id = TextField()
    name = TextField()
    format = TextField()
    source_name = TextField()
    sha256 = TextField()
    length = IntegerField()
    imported = TextField()
    removed = IntegerField()


class Texts(Table):
    """The texts of editions, what their format said about the lines, and the bytes they were read from."""

    edition_id = TextField(primary_key=True)
    text = TextField()
    hints = TextField()
    original = BlobField()


class Outlines(Table):
    """Outlines as they were last derived."""

    edition_id = TextField(primary_key=True)
    parser_version = IntegerField()
    data = TextField()


class Meetings(Table):
    """Meetings."""

    id = TextField(primary_key=True)
    name = TextField()
    held_on = TextField()
    started = TextField()
    ended = TextField(null=True)
    removed = IntegerField()


class Marks(Table):
    """Marks without their tags."""

    id = TextField(primary_key=True)
    document_id = TextField()
    edition_id = TextField()
    kind = TextField()
    style = TextField()
    pen = IntegerField(null=True)
    start_offset = IntegerField()
    end_offset = IntegerField()
    exact = TextField(null=True)
    prefix = TextField(null=True)
    suffix = TextField(null=True)
    path = TextField(null=True)
    note = TextField()
    private = IntegerField()
    author_id = TextField()
    device_id = TextField()
    meeting_id = TextField(null=True)
    created = TextField()
    changed = TextField()
    removed = IntegerField()
    words = TextField()
    verdict = TextField()
    score = FloatField()


class MarkTags(Table):
    """Tags of marks, in the order the user gave them."""

    mark_id = TextField()
    position = IntegerField()
    tag = TextField()

    class Meta:  # noqa: D106
        primary_key = CompositeKey("mark_id", "position")


class Searches(Table):
    """Searches that are kept under a name."""

    id = TextField(primary_key=True)
    name = TextField()
    words = TextField()
    created = TextField()
    removed = IntegerField()


class Merges(Table):
    """Merges."""

    id = TextField(primary_key=True)
    name = TextField()
    at = TextField()
    removed = IntegerField()


class MergedOperations(Table):
    """Which operations came with which merge."""

    operation_id = TextField(primary_key=True)
    merge_id = TextField()
    subject = TextField()
    subject_id = TextField()


class Origins(Table):
    """The texts of other libraries that merged marks were made on, and the editions that stand for them here."""

    id = TextField(primary_key=True)
    document_id = TextField()
    title = TextField()
    name = TextField()
    sha256 = TextField()
    text_sha256 = TextField()
    length = IntegerField()
    edition_id = TextField()
    clauses = TextField()


class Operations(Table):
    """Every change, append-only."""

    id = TextField(primary_key=True)
    clock = IntegerField()
    author_id = TextField()
    device_id = TextField()
    at = TextField()
    subject = TextField()
    subject_id = TextField()
    field = TextField()
    value = TextField()
    replaces = TextField(null=True)
