"""The user's files lie where each system keeps such files."""

from desktop.storage.paths import default_library_path, log_path


def test_each_has_its_place_in_the_user_s_home_and_asking_makes_nothing(home):
    places = {default_library_path(), log_path()}
    assert len(places) == 2
    assert all(place.is_relative_to(home) for place in places)
    assert all("yuece" in str(place).lower() for place in places)
    assert default_library_path().name == "library.yuece"
    assert list(home.iterdir()) == []
