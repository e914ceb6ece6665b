"""The ground: what the council decides and by which rules. Values in, values out; no I/O, no clock.

A rule takes values, the person who acts and `now` (aware UTC), and returns an `Outcome`: the conflict
after it, new timeline rows, what to say, and when to look again; or it raises a `TiebreakError` that says
in a sentence why not. To read the room in one sitting:

1. the words: `sentence`, `errors`, `words`, `links`, `people`, `roles`
2. time: `hours`, `cadence`, `coming`, `timeframes`, `deadlines`, `moves`
3. the company: `matrix`, `workspace`, `seats`, `vacancies`
4. a conflict and its owner: `routing`, `conflict`, `visibility`, `permissions`
5. what is said and what is to do: `notice`, `quiet`, `morning_hour`, `post`, `action_item`, `reminders`,
   `outcome`, `speaking`
6. while it is open: `windows`, `ladders`, `call_ladder`, `standing_in`, `away_status`,
   `looking_back`, `alarm`
7. what people do: `duplicates`, `doing`, `snoozing`, `asking`, `calling`, `reporting`, `extending`,
   `deciding`, `changing`, `correcting`, `sorting`, `merging`, `hiding`, `reopening`, `afterwards`,
   `going_away`
8. what happens by itself: `moving`, `waking`, `coming_back`
9. the rhythm: `rhythm`, `planning`, `templates`, `agenda`, `drawing`, `preparing`, `course`,
   `meeting`, `arranging`, `carrying`, `finishing`, `holding`, `results`, `minutes`, `standup`,
   `standup_asking`, `standup_looking`, `standup_answering`,
   `standup_leading`,
   `on_holidays`, `rails`, `calendar_series`
10. what is found later: `finding`, `which`
11. changing the company: `problems`, `matrix_checks`, `checks`, `fields`, `differences`, `succeeding`,
    `configuring`,
    `recasting`, `replaying`, `rerouting`
"""
