"""To come."""

import streamlit as st


def panel(desk) -> None:
    st.write("…")
