-- score-nation: all answers leave the database and nothing is done with them. psql writes them to /dev/null.
copy (select school_id, answers from responses) to stdout (format binary)
