"""Authorities that are alike in published features."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sendlib.methods import neighbours


@settings(max_examples=30)
@given(arrays(float, (12, 4), elements=st.floats(-100, 100)))
def test_distances_are_symmetric_and_nought_to_oneself(features):
    distance = neighbours.distances(features)
    assert distance == pytest.approx(distance.T)
    assert np.diag(distance) == pytest.approx(np.zeros(12))
    assert (distance <= 2 * neighbours.CAP + 1e-9).all()


def test_a_feature_that_says_the_same_as_another_is_dropped():
    first = np.arange(20.0)
    features = np.column_stack([first, 2 * first + 1, np.sin(first), np.ones(20)])
    assert neighbours.not_collinear(features) == [0, 2]


def test_nobody_is_his_own_neighbour_and_the_nearest_comes_first():
    distance = neighbours.distances(np.array([[0.0], [1], [5], [6]]))
    assert neighbours.nearest(distance, 2).tolist() == [[1, 2], [0, 2], [3, 1], [2, 1]]


def test_a_missing_feature_is_left_out_of_the_distances_of_its_area_alone():
    features = np.array([[0.0, 1.0], [1.0, 2.0], [4.0, 0.0], [np.nan, 1.5]])
    distance = neighbours.distances(features)
    assert not np.isnan(distance).any()
    assert distance[:3, :3][0, 1] > 0
    assert np.isnan(neighbours.standardised(features)[3, 0])
    assert neighbours.not_collinear(features) == [0, 1]
