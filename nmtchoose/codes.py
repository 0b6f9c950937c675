"""Every error that a person can meet: a stable code, what is wrong, and what to do now. `errors` carries them."""

from enum import Enum

_WITH_EXTRA = "Install the extra '{0}': `pip install '.[{0}]'` in the project's folder. Other ways: docs/install.md."


class Code(Enum):
    """Code, problem and mend; both sentences are `str.format` templates for the values given to `fault`.

    Y: the YAML itself, or JSON nested too deep. S: shape and types. N: names. M: meaning across both files. A: answers.
    P: prompting. F: files. R: records. G: configuration. C: files that load, and say something wrong or doubtful.
    V: reviews.
    """

    YAML_SYNTAX = ("Y001", "this is not valid YAML: {detail}", "{hint}")
    YAML_NOT_UTF8 = ("Y002", "this is not UTF-8 text", "Save the file as UTF-8.")
    YAML_CHARACTER = ("Y003", "the character {name} may not stand here", "Delete it.")
    YAML_TAB = ("Y004", "a tab stands where YAML wants spaces", "Use spaces in its place.")
    YAML_TOO_LARGE = ("Y005", "the file is larger than {limit}", "Shorten it, or check that it is the right file.")
    TOO_DEEP = ("Y006", "values are nested more than {limit} deep", "Write it with fewer levels.")
    YAML_TOO_MANY = ("Y007", "the file holds more than {limit} values", "Shorten it.")
    YAML_DUPLICATE_KEY = ("Y008", "the key '{name}' already stands in line {first}", "Keep one of the two.")
    YAML_ALIAS = ("Y009", "anchors and aliases (& and *) are not read", "Write the value out, or put it in quotes.")
    YAML_MERGE_KEY = ("Y010", "merge keys (<<) are not read", "Write the keys out.")
    YAML_TAG = ("Y011", "tags (!) are not read", "Remove the tag, or put the text in quotes.")
    YAML_SECOND_DOCUMENT = ("Y012", "a second document starts here", "Keep one document, without '---' after it.")
    YAML_KEY = ("Y013", "a key has to be a word", "Write it as 'word: value'.")
    YAML_NOTHING = ("Y014", "the file is empty", "It starts with 'format: {wanted}'.")

    WRONG_FORMAT = ("S001", "this is not in the format '{wanted}'", "Start the file with 'format: {wanted}'.")
    MISSING_KEY = ("S002", "{what} needs '{name}'", "Add '{name}:' here.")
    UNKNOWN_KEY = ("S003", "{what} has no key '{name}'", "{suggestion}Use one of: {known}.")
    WRONG_TYPE = ("S004", "{what} wants {wanted}, not {got}", "{hint}")
    EMPTY_TEXT = ("S005", "{what} is empty", "Write it, or remove the line.")
    LONG_TEXT = ("S006", "{what} is longer than {limit} characters", "Shorten it.")
    TEXT_CHARACTER = ("S007", "{what} holds the hidden character {name}", "Remove it.")
    NUMBER_OUT_OF_RANGE = ("S008", "{what} is {number}, which is not between {low} and {high}", "Change the number.")
    EMPTY_LIST = ("S009", "{what} lists nothing", "Name at least one, or remove the line.")
    EMPTY_CONDITION = ("S010", "this condition is empty", "Write a condition, or 'always'.")
    BOUNDS_REVERSED = ("S011", "{low} is more than {high}", "Put the smaller number first.")
    KEY_NOT_FOR_KIND = ("S012", "'{name}' does not go with the kind '{kind}'", "Remove it, or change the kind.")
    KEY_NOT_WITHOUT = ("S013", "'{name}' only goes with {other}", "Remove it, or add that.")
    DUPLICATE_LABEL = ("S014", "'{name}' is already the label of '{first}'", "Give each option its own words.")
    NO_SOURCES = ("S015", "{what} has no sources", "Add 'sources: [...]' with the id of at least one source.")
    WRONG_COMPARISON = ("S016", "'{question}' cannot be compared with '{name}'", "Use one of: {known}.")
    COUNT_TOO_HIGH = ("S017", "{count} of {total} can never be", "Lower the count.")
    NO_EFFECT = ("S018", "{what} has no effect", "Add what it does: {known}.")
    TOO_MANY = ("S020", "{what} has more than {limit} entries", "Shorten the list.")
    SCREEN_APART = (
        "S021",
        "'{name}' cannot be one screen here: {because}",
        "A screen is for numbers of at most eleven steps that follow each other, with the same 'ask_when'.",
    )
    TOO_MANY_FAULTS = ("S019", "there are more than {limit} faults", "Mend these, then check again.")

    BAD_ID = ("N001", "'{name}' cannot be the id of {what}", "Use up to {limit} of these: {allowed}.")
    RESERVED_ID = ("N002", "'{name}' has a meaning of its own", "Choose another id.")
    DUPLICATE_ID = ("N003", "'{name}' is already {what} in line {first}", "Choose another id.")
    NAME_TAKEN = ("N004", "'{name}' already means something here", "Choose another name.")
    UNKNOWN_WORD = ("N005", "{what} cannot be '{name}'", "{suggestion}Use one of: {known}.")
    UNKNOWN_QUESTION = ("N006", "there is no question '{name}'", "{suggestion}Name a question of questions.yaml.")
    UNKNOWN_OPTION = ("N007", "'{question}' has no option or group '{name}'", "{suggestion}Use one of: {known}.")
    SPECIAL_NOT_OFFERED = ("N008", "'{question}' does not offer '{name}'", "Offer it there, or remove it here.")
    UNKNOWN_SECTION = ("N009", "there is no section '{name}'", "{suggestion}Add it to 'sections', or correct it.")
    UNKNOWN_SITE = ("N010", "there is no body site, region or group '{name}'", "{suggestion}Name one of 'body'.")
    UNKNOWN_THERAPY = ("N011", "there is no therapy '{name}'", "{suggestion}Use one of: {known}.")
    UNKNOWN_SOURCE = ("N012", "there is no source '{name}'", "{suggestion}Add it to 'sources', or correct it.")
    UNKNOWN_FACT = ("N013", "there is no fact '{name}'", "{suggestion}Add it to 'facts', or correct it.")
    UNKNOWN_SETTING = ("N014", "there is no setting '{name}'", "{suggestion}Add it to 'settings', or correct it.")
    UNKNOWN_ROW = ("N015", "there is no row '{name}'", "{suggestion}Add it to 'rows', or correct it.")
    UNKNOWN_SCREEN = ("N017", "there is no screen '{name}'", "{suggestion}Add it to 'screens', or correct it.")
    UNKNOWN_PLACEHOLDER = ("N016", "'{name}' is not filled in by anything", "{suggestion}Use one of: {known}.")

    ASKED_LATER = ("M001", "'{name}' is asked later, or is this question itself", "Read only earlier questions.")
    FACT_CYCLE = ("M002", "these facts go round in a circle: {names}", "Write one of them without the others.")
    CONDITION_TOO_BIG = ("M003", "with its facts this condition is too big", "Split it, or use fewer facts.")
    UNSURE_NOT_OFFERED = (
        "M004",
        "'unsure_as' has no use: 'not sure' is not offered",
        "Remove it or add 'unsure: true'.",
    )
    NOT_HERE = ("M005", "{what} can be used in rules.yaml only", "Write a condition over answers.")
    WRONG_SETTING = ("M006", "the setting '{name}' is {got}, not {wanted}", "Use another setting.")
    TEXT_DECIDES_NOTHING = ("M007", "'{question}' is free text, which never decides anything", "Ask it as a choice.")
    BEYOND_QUESTION = ("M008", "'{question}' only goes from {low} to {high}", "Change the number.")
    NOT_A_SITES_QUESTION = ("M009", "'{question}' does not ask for body sites", "Name a question of the kind 'sites'.")
    FORM_OF_FORM = ("M010", "'{name}' is itself a form, or is this therapy", "Name an ordinary therapy.")
    WRONG_ORDER = ("M011", "'{name}' ({low}) may not be more than '{other}' ({high})", "Change one of the two.")
    NOT_ONE_BY_ONE = (
        "M012",
        "the signs of a list are no longer asked one by one",
        "Write 'kind: each' and leave out 'unsure_as' and 'none': each option is then a line to say yes or no to.",
    )

    UNREAD_OPTION = ("C001", "nothing reads the option '{name}' of '{question}'", "Read it in a rule, or remove it.")
    UNREAD_QUESTION = ("C002", "nothing reads the answers to '{name}'", "Read it in a rule, or remove the question.")
    UNUSED_FACT = ("C003", "no rule uses the fact '{name}'", "Use it, or remove it.")
    UNUSED_SOURCE = ("C004", "nothing refers to the source '{name}'", "Refer to it, or remove it.")
    UNUSED_SETTING = ("C005", "nothing uses the setting '{name}'", "Use it, or remove it.")
    UNUSED_GROUP = ("C006", "nothing uses the group '{name}'", "Use it, or remove it.")
    NEVER_ASKED = ("C007", "'{name}' can never be asked", "Look at its 'ask_when': no answers make it true.")
    NEVER_OFFERED = (
        "C008",
        "the option '{name}' of '{question}' is never offered",
        "Look at its 'show_when': no answers make it true.",
    )
    NEVER_FIRES = ("C009", "the rule '{name}' can never fire", "Look at its 'when': no answers make it true.")
    ALWAYS_COVERED = (
        "C010",
        "the rule '{name}' adds nothing: '{other}' (line {first}) fires whenever it does, and does all that it does",
        "Remove one of the two, or tell them apart.",
    )
    AGAINST_ITSELF = ("C011", "the rule '{name}' both has {one} and {other} '{therapy}'", "Keep one of the two.")
    AGAINST_EACH_OTHER = (
        "C012",
        "the rule '{name}' has {one} '{therapy}', but '{other}' (line {first}) fires with it and has {against}",
        "Change one of the two.",
    )
    NO_CONSEQUENCE = (
        "C013",
        "no safety rule reads '{name}' of the {purpose} question '{question}'",
        "Write a rule for it. Only an answer that speaks against a risk needs none: it is 'reassuring: true'.",
    )
    NEVER_SUGGESTED = ("C014", "nothing can ever suggest '{name}'", "{hint}")
    SAME_VOICE = (
        "C015",
        "'staff' says the same as 'client', although it speaks to the client ('{word}')",
        "Say it about the client: 'the client', 'they'.",
    )
    NO_HELP = ("C016", "the {purpose} question '{name}' has no help", "Add 'help:' for those who do not understand it.")
    HARD_TO_READ = ("C017", "this reads like school grade {grade}, over {limit}", "Use shorter words and sentences.")
    TOO_LONG_TO_SHOW = ("C018", "{what} has {length} characters, over {limit}", "Shorten it for small screens.")
    LOOK_ALIKE = (
        "C019",
        "'{name}' looks almost like '{other}' (line {first})",
        "Tell them apart by more than capitals, spaces and punctuation.",
    )
    CLAIM = ("C020", "'{word}' claims more than anyone knows", "{mend}")
    THERAPY_NAMED = (
        "C021",
        "'{word}' names a therapy where help comes first",
        "With {disposition}, no therapy may be named, not even for later.",
    )
    GUARANTEE_NEVER = (
        "C022",
        "the guarantee '{name}' can never apply, so it promises nothing",
        "Look at its 'when': no answers make it true.",
    )
    NEVER_REACHED = ("C023", "no rule leads to '{name}'", "Write a rule for it, unless that is meant.")
    NO_REASON = ("C024", "the rule '{name}' {does} without a word why", "Add one of these: {known}.")
    IDLE_EFFECT = ("C025", "'{name}' has no effect here: {because}", "Remove it, or add what it needs.")
    FIRES_ON_NONE = (
        "C026",
        "the rule '{name}' fires when '{none}' was answered to all that it reads",
        "Look for a 'not' that should not be there.",
    )
    OLDER_FORM = (
        "C027",
        "this file is in an older form, which is still read",
        "`nmtchoose convert {folder}` writes it in the newer one, keeps comments, and keeps a copy of the old file.",
    )
    CONVERT_UNSURE = (
        "C028",
        "this file cannot be converted without a change of what it means or says",
        "It is left as it is. Ids as keys, short forms and the order of keys are described in docs/the-two-files.md.",
    )
    LONG_LINE = (
        "C031",
        "this line {problem}",
        "One line, one fact, in few words; what is more is a follow-up. Words for one thing need its name at 'sign'.",
    )

    REVIEW_LINE = (
        "V001",
        "this line is no review as `nmtchoose review` writes it",
        "It does not count. Put the file back as it was, or sign again what it was about.",
    )
    REVIEW_BY_HAND = (
        "V002",
        "the review of '{name}' was changed by hand, or one before it was taken out",
        "It does not count. Put the file back as it was, or sign that item again.",
    )
    REVIEW_OPEN = (
        "V003",
        "{count} of {total} items are not signed as they stand",
        "Run `nmtchoose review`, or leave out --require-review (`nmtchoose config unset require_review`).",
    )

    MARKS_NONE = (
        "V004",
        "there is no item of a review on this form",
        "Give the Markdown form, or what 'Save my marks' of the page wrote.",
    )
    MARKS_NOBODY = ("V005", "'{name}' is empty", "Write it after 'Name:' or 'Licence:'; nothing was taken in.")
    MARKS_CHANGED = (
        "V006",
        "'{name}' is not the same any more as on this form",
        "Nothing was taken in. Take its marks away, and review it as it is now: nmtchoose review --rule {name}",
    )
    MARKS_BOTH = ("V007", "'{name}' is both accepted and objected to", "Keep one of the two.")
    MARKS_NO_COMMENT = ("V008", "'{name}' is objected to, and nothing says why", "Write it after 'Comment:'.")
    MARKS_NO_BOX = ("V009", "'{name}' has a comment and no mark", "Accept it or object.")

    REFUTED = ("C029", "{problem}. This has to hold: {claim}", "The proof below says with which answers.")
    LESS_STRICT = (
        "C030",
        "{ways} less strict than the pair it started from, and no reason stands beside it",
        "Write 'because:' in the rule, question or therapy, or its id at 'removed:', or take the change back.",
    )

    THERAPY_UNNAMED = (
        "C032",
        "no safety rule names the therapy '{name}', so nothing ever keeps it from anybody",
        "Name it where a safety rule excludes, holds, adapts or limits therapies.",
    )
    MILDER_THAN_STAGE = (
        "C033",
        "the rule '{name}' of the stage '{stage}' only leads to '{disposition}'",
        "Say '{least}' or more, or move the rule to another stage.",
    )
    REASSURED_ALARM = (
        "C034",
        "for the rule '{name}' it is enough to answer '{option}' to '{question}', which is marked as reassuring",
        "Take the mark away, or the option out of the rule: one of the two is wrong.",
    )
    LASTING_AND_NEW = (
        "C035",
        "'{name}' is filled in on the next visit, and asks about something that may be new ('{word}')",
        "Remove 'lasting: true', or ask about what stays.",
    )
    WRONG_NUMBER = (
        "C036",
        "'{number}' is no emergency number of '{name}'",
        "It should be {known}. Call it from a telephone there before you change it.",
    )
    OTHER_THRESHOLD = (
        "C037",
        "the text says '{words}', and the rule '{name}' compares with {known}",
        "Make the two agree.",
    )
    SAID_TWICE = (
        "C038",
        "'{name}' is nearly what '{other}' of '{question}' says (line {first})",
        "Ask it in one place, or say what is different.",
    )

    CASE_TWICE = ("K001", "the case '{name}' also stands in {first}", "Give each case its own id.")
    UNKNOWN_PROFILE = ("K002", "there is no profile '{name}'", "{suggestion}Add it to 'profiles', or correct it.")

    ANSWER_UNKNOWN_QUESTION = ("A001", "there is no question '{name}'", "{suggestion}Remove it or correct its name.")
    MORE_LIKE_THESE = ("A015", "there are {count} more like these", "Mend them in the same way.")
    ANSWER_UNKNOWN_OPTION = ("A002", "'{question}' has no such option", "{suggestion}Use one of: {options}.")
    ANSWER_NO_PLACE = (
        "A016",
        "an answer to the earlier question '{question}' has no place now",
        "Take it out, and answer the questions of today.",
    )
    ANSWER_WRONG_TYPE = ("A003", "'{question}' wants {wanted}, not {got}", "Write it as in: {example}")
    ANSWER_OUT_OF_RANGE = ("A004", "the number is not between {low} and {high}{unit}", "Give one in that range.")
    ANSWER_NOT_ALONE = ("A005", "'{option}' stands alone", "Choose it alone, or choose the others without it.")
    ANSWER_EMPTY = ("A006", "nothing was chosen", "Choose at least one, or '{instead}'.")
    ANSWER_NOT_OFFERED = ("A007", "'{option}' is not offered with these answers", "Leave it out.")
    ANSWER_TOO_LONG = ("A008", "the text is longer than {limit} characters", "Shorten it.")
    ANSWER_NOT_A_NUMBER = ("A009", "this is not a whole number", "Type a number, such as {example}.")
    ANSWER_NOT_A_DURATION = (
        "A010",
        "this is not a length of time",
        "Type for example: 3 days, 6 weeks, 5 months, 2 years.",
    )
    ANSWER_WHICH_LENGTH = ("A011", "this may mean several lengths of time", "{question}")

    PROMPT_NO_KEYBOARD = (
        "P001",
        "questions cannot be asked here: standard input is not a terminal",
        "Run it in a terminal, or give the answers with --answers FILE.",
    )
    PROMPT_NO_DISPLAY = (
        "P002",
        "questions cannot be asked here: standard error is not a terminal",
        "Leave standard error on the screen, or give the answers with --answers FILE.",
    )
    PROMPT_NO_CONSOLE = (
        "P003",
        "this window is no Windows console, so moving lists cannot be drawn",
        "Start it with winpty in front, use --plain, or give the answers with --answers FILE.",
    )

    ANSWERS_NOT_TEXT = ("A020", "this is not a text file", "Give the answers as JSON or YAML in UTF-8.")
    ANSWERS_EMPTY = ("A021", "this file is empty", 'Write at least {{"answers": {{}}}}.')
    ANSWERS_NOT_READABLE = ("A022", "this is not readable as JSON: {detail}", "Mend that place.")
    ANSWERS_OTHER_FORMAT = ("A023", "this file has another format", "Its `format` has to be {wanted}.")
    ANSWERS_NO_MAPPING = (
        "A024",
        "this file holds no answers by question",
        'Write {{"answers": {{"question": "answer"}}}}.',
    )
    ANSWERS_INCOMPLETE = (
        "A025",
        "these questions are not answered: {questions}",
        "Answer them in the file, or run the command in a terminal to be asked.",
    )
    CELL_NOT_A_TICK = ("A040", "the cell in '{name}' is neither yes nor no", "Write 1 for chosen, 0 for not chosen.")
    CELL_NOT_TEXT = ("A041", "a cell holds bytes that are no text", "Save the file as UTF-8.")
    ROW_TOO_SHORT = ("A042", "this row has {found} cells, not {wanted}", "Check its commas and quotation marks.")
    QUOTE_OPEN = (
        "A045",
        "a quotation mark opens a cell in this row and is not closed in it",
        "Close it, or write it twice where it belongs to the text. The rows below were read without this one.",
    )
    NO_RECORDS = ("A046", "there is no record in what was given", "Give a file with rows below the names of columns.")
    CELL_UNNAMED = ("A047", "there is a cell in a column that has no name", "Give the column a name, or empty it.")
    TOO_MANY_REJECTS = ("A044", "{count} records were left out, more than {limit}", "Look at them before you go on.")
    CODE_UNKNOWN = ("A043", "'{question}' has no answer with the code {number}", "Pack the answers again.")

    BULK_MISSING = (
        "U030",
        "{what} needs libraries that are not installed",
        f"{_WITH_EXTRA.format('bulk')} Answers files of single clients work without it.",
    )
    COLUMN_UNKNOWN = (
        "U031",
        "the column '{name}' is no question and no option",
        "{suggestion}Correct its name, or leave it out with --ignore.",
    )
    INPUT_UNKNOWN = ("U033", "nothing says what kind of file this is", "Add --from jsonl, json, csv or parquet.")
    INPUT_NOTHING = ("U034", "there are no answers here", "It wants files that end in .jsonl, .json, .csv or .parquet.")
    PARQUET_STREAM = ("U035", "Parquet cannot be read or written bit by bit", "Name a file for it.")
    SCREEN_MANY = ("U036", "this holds many clients", "Run: nmtchoose bulk {inputs} -o results.parquet")
    SPARK_MISSING = (
        "U050",
        "Spark is not installed",
        f"{_WITH_EXTRA.format('spark')} Without --engine spark it is not needed.",
    )
    JAVA_MISSING = ("U051", "Spark needs Java, which is not here", "Install Java 17 or newer, or set JAVA_HOME.")
    PACKED_DIFFERENTLY = ("U052", "not all of these files are packed in the same way", "Give them one kind at a time.")
    SPARK_REFUSES = ("U053", "Spark refuses: {detail}", "Check the names and the rights there.")
    SPARK_FAILED = ("U054", "Spark gave up", "Its own words stand above.")
    SPARK_VERSIONS = (
        "U055",
        "a worker of the cluster has version {there} of nmtchoose, and this is {here}",
        "Install the same version everywhere.",
    )
    COLUMN_TWICE = ("U032", "there is more than one column '{name}'", "Keep one of them.")
    COLUMN_NONE = (
        "U058",
        "none of its columns is a question or an option",
        "Name the columns as `nmtchoose docs` does.",
    )
    COLUMN_MISSING = ("U056", "there is no column '{name}'", "{suggestion}Name one that the frame has.")
    COLUMN_TYPE = ("U057", "the column '{name}' holds no answers but {type}", "Turn it into numbers or text.")

    PROVER_MISSING = (
        "U010",
        "proofs and some checks need a solver that is not installed",
        f"{_WITH_EXTRA.format('prove')} Everything else works without it.",
    )
    USAGE_UNKNOWN = ("U001", "there is no {what} '{name}'", "{suggestion}Use one of: {known}.")
    USAGE_PAIR = ("U002", "'{name}' is one file too many", "Give a folder, or one questions file and one rules file.")
    USAGE_TOGETHER = ("U004", "{one} and {other} do not go together", "Leave one of the two out.")
    OUTPUT_IS_INPUT = (
        "U005",
        "this file is also read, or written for something else",
        "Nothing was done. Name another file for the result.",
    )
    USAGE_NOTHING = ("U003", "there is nothing to do", "{hint}")
    USAGE_ONE_INTAKE = (
        "U020",
        "the format '{name}' holds one intake, not {count}",
        "Export them one at a time, or use one of: {known}.",
    )
    OTHER_FORM = (
        "A030",
        "this was filled in on another version of the questions ({theirs}, not {ours})",
        "Use the questions it was made with (--questions FILE), or fill in a new form.",
    )
    SHEET_UNKNOWN_LINE = (
        "A031",
        "this line was not understood",
        "Put an x between the brackets of an answer, or a number or words after 'Answer:', and leave the rest.",
    )
    SHEET_NO_FINGERPRINT = (
        "A032",
        "the line with the fingerprint is missing or was changed",
        "Start from a fresh sheet: nmtchoose sheet.",
    )
    FHIR_FOREIGN = (
        "A034",
        "this answers another questionnaire",
        "Only answers to these questions can be read: nmtchoose fhir questionnaire prints them.",
    )
    FHIR_NOT_FINISHED = ("A035", "this response is not finished, or was withdrawn ({status})", "Give a completed one.")
    FHIR_NO_ANSWER = (
        "A036",
        "this response holds no answer to any of these questions",
        "Check that it is the right file.",
    )
    FHIR_NOT_A_RESPONSE = ("A033", "this is no FHIR QuestionnaireResponse: {detail}", "Export it again.")

    STORE_FOREIGN = ("R001", "this file is not a store of nmtchoose", "Name another file; this one is left as it is.")
    STORE_DAMAGED = (
        "R002",
        "this store is damaged",
        "It is left as it is. Move it away and put a copy from your backup in its place.",
    )
    STORE_NEWER = (
        "R003",
        "a newer version of nmtchoose wrote this store (schema {found}, this version knows {known})",
        "It is left as it is. Update nmtchoose on this computer.",
    )
    STORE_FULL = ("R004", "the disk is full", "Nothing was changed. Free some space, then try again.")
    STORE_NOT_WRITABLE = (
        "R005",
        "this store cannot be written: {detail}",
        "Check the permissions, or choose another place with `nmtchoose config set store FILE`.",
    )
    STORE_BUSY = ("R006", "another program holds this store, and it did not let go in time", "Try again in a moment.")
    STORE_REFUSES = ("R007", "the database refuses: {detail}", "Check the address, the server and your rights there.")
    STORE_DRIVER = ("R008", "this address needs a database driver", _WITH_EXTRA.format("postgres"))
    STORE_ADDRESS = (
        "R009",
        "'{name}' is no address of a store",
        "Write the path of a file, or postgresql://server/database. A password belongs in ~/.pgpass; in an address,"
        " write @ as %40, / as %2F, # as %23, ? as %3F and % as %25.",
    )
    STORE_TRACES = (
        "R010",
        "the records are {done}, but traces of what was there before are still in the store: {detail}",
        "Close nmtchoose everywhere else, then wipe them: nmtchoose records purge --before 1970-01-01",
    )
    RECORD_MISSING = ("R020", "there is no record '{name}'", "`nmtchoose records list` shows them.")
    RECORD_AMBIGUOUS = ("R021", "more than one record starts with '{name}'", "Write more of its id.")
    RECORD_LINE = ("R022", "this line holds no record: {detail}", "Mend it or remove it. Nothing was imported.")
    RECORD_DIFFERS = (
        "R023",
        "the store already holds another record with the id '{name}'",
        "Nothing was imported. Keep one of the two.",
    )
    RECORD_PART_TWICE = (
        "R028",
        "a correction or a booking in it belongs to another record of the store",
        "Nothing was imported. Export the records again where they come from.",
    )
    RECORD_TIME = ("R024", "'{name}' is no date", "Write it as 2026-11-22.")
    CLIENT_REFERENCE = (
        "R025",
        "this is no client reference",
        "Use 1 to {limit} letters, digits, spaces and signs. It need not be a name.",
    )
    CONSENT_UNKNOWN = (
        "R026",
        "nobody was asked for consent, so nothing can be stored",
        "Save in a terminal, or add --consented and --by NAME when the client has agreed.",
    )
    OUTCOME_NO_REASON = (
        "R027",
        "something was booked that was not suggested, and nobody says why",
        "Add --why with one of: {known}.",
    )
    KEY_MISSING = (
        "R030",
        "this store is encrypted, and nobody can be asked for the passphrase here",
        "Name a file with `nmtchoose config set key_file FILE`, or a command with key_command.",
    )
    KEY_WRONG = ("R031", "this passphrase does not open the store", "Try again; nothing was changed.")
    KEY_UNREADABLE = ("R032", "the passphrase could not be had from {source}: {detail}", "Check that setting.")
    KEY_WEAK = ("R033", "this passphrase is shorter than {limit} characters", "Take a longer one, such as five words.")
    KEY_LIBRARY = ("R034", "an encrypted store needs a library", _WITH_EXTRA.format("encrypt"))
    RECORD_DAMAGED = (
        "R035",
        "record '{name}' cannot be read: it is damaged, or was changed from outside",
        "Delete it (nmtchoose records delete {name}), then import it from your backup. All others can be read.",
    )
    KEY_CHANGED = (
        "R036",
        "another desk has encrypted this store, or changed its passphrase, since it was opened here",
        "Nothing was changed from here. Start again with the passphrase that counts now.",
    )

    SETTING_VALUE = ("G001", "'{name}' wants {wanted}", "For example: nmtchoose config set {name} {example}")
    SETTING_NOT_HERE = (
        "G003",
        "'{name}' cannot be set by the folder of a project",
        "Take the line out; if you want it, set it for yourself: nmtchoose config set {name} {example}",
    )
    SETTING_NOT_SET = ("G002", "'{name}' is not set in this file", "`nmtchoose config show` says where it comes from.")

    FILE_CANNOT_READ = ("F001", "this file cannot be read: {detail}", "Check the name and the permissions.")
    FILE_CANNOT_WRITE = (
        "F002",
        "this file cannot be written: {detail}",
        "What stood there before is untouched. Free some space, or choose another place.",
    )
    WORKER_ENDED = (
        "F006",
        "a process that was working on this was ended from outside",
        "Free some memory or use fewer --jobs, then start again.",
    )
    DRAFT_OPEN = ("F005", "the draft '{name}' is open in another window", "Go on there, or stop it there first.")
    DRAFT_MISSING = ("F004", "there is no draft '{name}'", "`nmtchoose drafts` lists them.")
    DRAFT_NONE = ("F007", "there is no unfinished interview to go on with", "Leave out --resume to begin one.")
    DRAFT_OF_ANOTHER = (
        "F008",
        "the interview of {others} is not one of '{client}'",
        "Begin one for '{client}', or name the client whose interview it is.",
    )
    FINISHED_NONE = (
        "F009",
        "there is no finished interview to look at again",
        "The last one is kept until the next begins, and for no longer than unfinished ones.",
    )
    FILE_OTHER_TEXT = ("F020", "this is {what}, which is not read", "Save it again as 'CSV UTF-8', and give that file.")
    FILE_TOO_LARGE = ("F003", "this file is larger than {limit}", "Give the right file; this one is not of this kind.")
    FILE_UNPACKS = (
        "F021",
        "this file unpacks to far more than it is, which would fill the memory",
        "Write it again as JSON Lines or CSV if it holds clients; if somebody sent it, ask what it is.",
    )
    DOCUMENT_TOO_LARGE = (
        "F022",
        "this is one JSON document of more than {limit} MB",
        "Write it as JSON Lines, a record on each line: those are read however many they are.",
    )
    FILE_MISSING = ("F010", "there is no such file", "Check the name and the folder.")
    FILE_IS_FOLDER = ("F011", "this is a folder, not a file", "Name a file in it.")
    FILE_EXISTS = ("F015", "this file is already there, and nothing is overwritten", "Choose another place.")
    FILE_IS_STORE = ("F019", "this is a store of records, and nothing is written over it", "Choose another place.")
    FOLDER_MISSING = ("F012", "there is no such folder", "Create it, or change {setting}.")
    PAIR_INCOMPLETE = ("F013", "'{name}' is missing in this folder", "Put both files there.")
    FOLDER_NOT_YOURS = (
        "F014",
        "other people can change this, so what stands in it is not trusted",
        "Take their right to write away (chmod go-w), or name the two files yourself with --questions and --rules.",
    )
    PROJECT_NOT_TRUSTED = (
        "F016",
        "the settings, questions and rules of this folder are not used before you say that you trust them",
        "Read them, then: nmtchoose trust {name}",
    )
    PROJECT_CHANGED = (
        "F017",
        "what stands in this folder has changed since you trusted it, so it is not used",
        "Read what is new, then: nmtchoose trust {name}",
    )
    PROJECT_LINK = (
        "F018",
        "this is a link or no ordinary file, so what stands behind it is not trusted",
        "Put the file itself there, or name the two files yourself with --questions and --rules.",
    )

    @property
    def id(self) -> str:
        """The stable code, such as `A002`."""
        return self.value[0]
