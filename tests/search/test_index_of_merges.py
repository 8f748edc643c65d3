"""The index follows what is merged and taken back, and marks that find their text, though their clocks are others'."""

from desktop.search.index import Index
from desktop.storage.library import Library
from tests.search.made_libraries import catch_up, same_as_scanned
from tests.services.desks import OTHER, TEXT, Desk


def test_it_follows_merges_their_undo_and_marks_that_find_their_text(tmp_path):
    zhang, li = Desk(tmp_path, "张"), Desk(tmp_path, "李", None)
    index = Index.open(li.library.path, li.library.id, read_only=False)
    try:
        catch_up(index, li.library)
        mark_id = zhang.mark("人民主体地位", "谁来落实")
        zhang.mark("新质生产力", "怎么因地制宜")
        for _ in range(30):
            zhang.edit(mark_id, note="谁来落实呢")
            zhang.edit(mark_id, note="谁来落实")

        def follows(library: Library) -> None:
            catch_up(index, library)
            same_as_scanned(index, library, "落实", "人民", "因地制宜")

        merge = li.merge(zhang)
        follows(li.library)
        imported = li.take(OTHER)
        follows(li.library)
        zhang.edit(mark_id, note="落实了", tags=("因地制宜",))
        second = li.merge(zhang)
        follows(li.library)
        for command in (second, imported, merge):
            with li.library.transaction():
                command.revert(li.library)
            follows(li.library)
        for command in (merge, imported, second):
            with li.library.transaction():
                command.apply(li.library)
            follows(li.library)
        li.take(TEXT)
        follows(li.library)
    finally:
        index.close()
        zhang.library.close()
        li.library.close()
