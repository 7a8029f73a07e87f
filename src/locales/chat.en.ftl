### Everything that is sent over WhatsApp, in English.
###
### An installation may replace any of these texts (`[chat] file`). Placeholders such as
### { $number } may be left out but not invented. A line cannot begin with an asterisk:
### write {"*"} there. `*…*` is bold in WhatsApp.

## The greeting; the one that fits fills { $who } in the other texts.

# $name, $unit
greeting-with-unit = Dear { $name } ({ $unit }),
# $name
greeting = Dear { $name },
greeting-unknown = Dear Sir or Madam,
# Stands where something is not known, such as the unit of a guest.
unknown = –

## A new report

# $who, $org, $number
report-received =
    { $who }
    thank you, we have your report and will see to it soon.
    Report number: *{ $number }*
    Reply *cek { $number }* to see how it is going.
    – { $org }
# $minutes: how long a photo is still taken for the same report
report-received-photo-hint = Got a photo? Send it within { $minutes } minutes and it joins this report.
# $number
file-joined = Your file has been added to report *{ $number }*. Thank you.
how-to-report =
    Please write your report after the word #request, with the place and what is wrong. Example:
    #request lamp in room 203, building B, out since this morning
# $org, $example: a number as it may look
guide =
    {"*"}How to reach { $org }*

    Report: #request and your text
    Example: #request tap on floor 2 leaks

    cek { $example } – latest news
    track { $example } – all steps
    selesai { $example } 5 – it is fixed, rating 1–5
    belum { $example } reason – not fixed yet
    batal { $example } – withdraw the report
    cek – your reports

    Photos are welcome. STOP ends notices, START brings them back.
# $minutes
limit-reports =
    You have sent many reports within the hour. This message was kept as an ordinary one and will still be read.
    You can report again in { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }.
limit-reports-day =
    Today's limit of reports is reached. This message was kept as an ordinary one and will still be read.
    You can report again tomorrow.
# $org
guests-refused =
    Sorry, this number is not registered yet, so no report could be made.
    Please ask { $org } to register your number.
ordinary-kept = Thank you, your message has been kept and will be read.

## Questions about a report

# $who, $number, $status, $at, $step
check =
    { $who }
    report *{ $number }*: { $status }
    As of { $at }: { $step }
# $who, $number, $status
check-none =
    { $who }
    report *{ $number }*: { $status }
    There is no news yet.
# $who, $number, $status
track-head =
    { $who }
    the steps of report *{ $number }* ({ $status }):
# $n, $at, $step
track-line = { $n }. { $at } – { $step }
# $who
recent-head =
    { $who }
    your latest reports:
# $number, $status, $text
recent-line = *{ $number }* ({ $status }) { $text }
recent-none =
    There is no report from this number yet. To make one, write for example:
    #request lamp in room 203, building B, out since this morning

## The reporter's word on the work

# $number, $at
confirm-done = Report *{ $number }* was declared done on { $at }. Thank you for confirming.
# $rating: 1 to 5
confirm-thanks-rating = Your rating of { $rating } out of 5 has been noted.
# $number
already-confirmed = You declared report *{ $number }* done before. Thank you.
# $number, $at: the desk had not finished it yet
confirm-not-finished = Report *{ $number }* was closed as done on { $at }, as you asked. Thank you.
# $number
refuse-reopened = We are sorry about that. Report *{ $number }* is open again and the officer has been told.
# $number
refuse-noted = Your remark on report *{ $number }* has been noted. We are still working on it.
# $number
withdraw-done = Report *{ $number }* has been withdrawn. Thank you for letting us know.
# $number, $status
withdraw-too-late = Report *{ $number }* can no longer be withdrawn; its status is { $status }.
# $number, $status: the desk closed it otherwise, so a chat does not change it
too-late = Report *{ $number }* has the status { $status } and can no longer be changed by message.

## A wrong or missing number

# $example
number-missing-check = Please add the report number, for example: *cek { $example }*
# $example
number-missing-track = Please add the report number, for example: *track { $example }*
# $example
number-missing-confirm = Please add the report number, for example: *selesai { $example }*, with a rating of 1–5 if you like: *selesai { $example } 5*
# $example
number-missing-refuse = Please add the report number and the reason, for example: *belum { $example } the lamp is still out*
# $example
number-missing-withdraw = Please add the report number, for example: *batal { $example }*
# $number
not-found = Report *{ $number }* was not found among yours. Reply *cek* to list them.
# $example
pattern-number = A report number looks like *{ $example }*. Reply *cek* to list your reports.
# $minutes
misses-paused = Several numbers could not be found. Please try again in { $minutes } { $minutes ->
        [one] minute
       *[other] minutes
    }.

## Notices on and off, personal data

opt-out-done = All right, no more notices. We still answer what you ask. Send START to receive notices again.
opt-in-done = Thank you, notices are on again. Send STOP to end them.
# $hours
forget-me-received = Your request to erase your data has reached the administrators. You will have an answer within { $hours } hours.

## Field officers

guide-officer =
    {"*"}Guide for officers*

    #job – your open tasks
    #start NUMBER – begin work
    #report NUMBER text – report progress
    #finish NUMBER note – work is done

    Photos are welcome with #report and #finish.
# $who, $n
jobs-head =
    { $who }
    your open tasks: { $n }
# $n, $number, $status, $deadline, $sla, $unit, $text
jobs-line =
    { $n }. *{ $number }* ({ $status })
    Due { $deadline }, { $sla }
    { $unit }: { $text }
# $who
jobs-none =
    { $who }
    you have no open tasks. Thank you for your work.
# $number, $reporter, $unit, $text
start-done =
    Task *{ $number }* is marked as begun.
    Reporter: { $reporter }
    Unit: { $unit }
    { $text }
    When it is fixed, reply *#finish { $number }*
# $number
start-already = You have begun task *{ $number }* already. Report with *#report { $number } text* or end it with *#finish { $number }*
# $number
progress-done = Your progress on *{ $number }* has been noted. Thank you.
# $number
progress-empty = Please write the news or add a photo, for example: *#report { $number } the part is on order*
# $number
finish-done = Task *{ $number }* is done and the reporter will be told. Thank you.
# $number
finish-waits-validation = Your finish of *{ $number }* has been noted and waits for an administrator.
# $number
not-assigned = Report *{ $number }* is not your task. Reply *#job* to list your tasks.
# $number
already-finished = Report *{ $number }* is done already. Reply *#job* to list your open tasks.
# $number
start-first = Task *{ $number }* has not been begun. First reply *#start { $number }*
# $command: the command as it is written, such as #start
officer-number-missing = Please add the number, for example: *{ $command } NUMBER*. Reply *#job* to see the numbers of your tasks.

## Notices to the reporter

# $who, $number, $officer
notice-assigned =
    { $who }
    report *{ $number }* is now with { $officer }.
# $who, $number, $officer
notice-started =
    { $who }
    { $officer } has begun work on report *{ $number }*.
# $who, $number, $text
notice-progress =
    { $who }
    news of report *{ $number }*: { $text }
# $who, $number, $why
notice-pending =
    { $who }
    report *{ $number }* has to wait: { $why }
# $who, $number
notice-resumed =
    { $who }
    work on report *{ $number }* goes on.
# $who, $number
notice-finished =
    { $who }
    the work on report *{ $number }* is done.
    All well? Reply *selesai { $number } 5* (the digit is your rating, 1–5)
    Not fixed? Reply *belum { $number } reason*
# $who, $number, $at: the desk confirmed it for the reporter
notice-confirmed =
    { $who }
    report *{ $number }* was declared done on { $at }. Thank you.
# $who, $number, $why
notice-reopened =
    { $who }
    report *{ $number }* is open again: { $why }
# $who, $number
notice-cancelled =
    { $who }
    report *{ $number }* has been cancelled.
# $who, $number, $why
notice-rejected =
    { $who }
    we are sorry, report *{ $number }* is not one that we can take on: { $why }
# $who, $number, $parent
notice-duplicate =
    { $who }
    report *{ $number }* was joined with another one on the same matter (*{ $parent }*). You will still hear how it ends.
# $who, $number, $text
notice-note =
    { $who }
    a note on report *{ $number }*: { $text }

## Notices to officers

# $number, $reporter, $unit, $text, $deadline; the two lines below may follow
officer-assigned =
    New task *{ $number }*
    Reporter: { $reporter }
    Unit: { $unit }
    { $text }
    Due: { $deadline }
    Reply *#start { $number }* when you begin.
# $phone
officer-assigned-phone = Phone: { $phone }
# $note
officer-assigned-note = Note: { $note }
# $number
officer-unassigned = Task *{ $number }* has been taken off your list. Thank you.
# $number, $why
officer-refused = The reporter says that *{ $number }* is not fixed: { $why }
# $number, $text: a remark of the reporter on unfinished work
officer-remark = The reporter's remark on *{ $number }*: { $text }
# $number
officer-withdrawn = Report *{ $number }* was withdrawn by the reporter. Nothing more to do.
# $number, $why
officer-reopened = Task *{ $number }* is open again: { $why }
# $number, $status: the desk closed it otherwise
officer-closed = Task *{ $number }* was closed ({ $status }). Nothing more to do.
# $number, $text
officer-corrected = An administrator's correction of your progress on *{ $number }*: { $text }

## What a step says in `cek` and `track`

step-received = Report received
# $officer
step-assigned = Assigned to { $officer }
# $officer
step-unassigned = Taken off { $officer }
# $officer
step-started = { $officer } has begun work
# $text
step-progress = { $text }
# $text
step-note = { $text }
# $why
step-pending = On hold: { $why }
step-resumed = Work goes on
step-finished = Work done
# $text
step-finished-note = Work done: { $text }
step-confirmed = Declared done by the reporter
# $rating
step-confirmed-rating = Declared done by the reporter, rating { $rating } out of 5
# $why
step-refused = Reporter: not fixed, { $why }
# $text
step-remark = Reporter's remark: { $text }
# $why
step-reopened = Open again: { $why }
step-cancelled = Cancelled
step-withdrawn = Withdrawn by the reporter
# $why
step-rejected = Rejected: { $why }
# $number
step-duplicate = Joined with { $number }
step-edited = Details of the report corrected
step-file = File added
