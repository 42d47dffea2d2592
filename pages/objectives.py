"""Which objectives are on course, and what holds the others back?"""

from nap_monitor.web import notices, scene, tree

now = scene.current()

if now.standing.withheld:
    notices.withheld(now)
objective = tree.choose_objective(now)
if now.has_indicators and not now.standing.withheld:
    tree.legend(now)
for each in tree.chosen(now, objective):
    tree.show(now, each, is_open=bool(objective))
