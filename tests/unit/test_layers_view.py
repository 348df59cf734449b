"""A public view can't hold a figure; arrays of a view belong together."""

from dataclasses import fields, replace

import pytest

from layers.view import MapView
from tests.synthetic import public, synthetic_view


@pytest.fixture(scope="module")
def view():
    return synthetic_view(25)


@pytest.mark.parametrize("field", ["classification", "facilities", "key_figures"])
def test_a_public_view_refuses_figures(view, field):
    with pytest.raises(ValueError, match="zones and dates only"):
        replace(public(view), **{field: getattr(view, field)})


def test_arrays_of_different_length_are_refused(view):
    with pytest.raises(ValueError, match="25 units"):
        replace(view, zone=view.zone[:-1])


def test_a_zone_that_is_no_level_of_the_rule_is_refused(view):
    zone = view.zone.copy()
    zone[3] = "purple"
    with pytest.raises(ValueError, match="purple"):
        replace(view, zone=zone)


def test_every_field_is_documented():
    for field in fields(MapView):
        assert field.name in MapView.__doc__
