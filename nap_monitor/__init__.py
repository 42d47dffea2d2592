"""NAP Monitor: is a National Programme on Business and Human Rights really being carried out?"""
