"""The ground: what the council decides and by which rules. Values in, values out; no I/O, no clock.

A rule takes values, the person who acts and `now` (aware UTC), and returns an `Outcome`: the conflict
after it, new timeline rows, what to say, and when to look again; or it raises a `TiebreakError` that says
in a sentence why not. To read the room in one sitting:

1. who and what: `people`, `roles`, `matrix`, `workspace`, `conflict`, `sentence`, `words`
2. time: `hours`, `cadence`, `timeframes`, `deadlines`, `moves`
3. from a report to its owner: `seats`, `vacancies`, `routing`, `duplicates`, `reporting`
4. what people do: `permissions`, `visibility`, `deciding`, `changing`, `extending`
5. what happens by itself: `ladders`, `windows`, `standing_in`, `moving`, `alarm`, `waking`
6. what is found later: `finding`, `which`
7. what comes of it: `outcome`, `notice`, `errors`
"""
