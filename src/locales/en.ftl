### Texts of the command line and the console, in English. Chat texts stand in chat.en.ftl.

## Titles of columns and fields

column-number = Number
column-status = Status
column-category = Category
column-priority = Priority
column-unit = Unit
column-department = Department
column-reporter = Reporter
column-phone = Phone
column-officer = Officer
column-created = Received
column-age = Age
column-due = Due
column-sla = SLA
column-finished = Finished
column-confirmed = Confirmed
column-duration = Duration
column-work-duration = Working time
column-rating = Rating
column-text = Text
column-reply = Reply
column-note = Note
column-parent = Parent
column-steps = Steps
column-channel = Channel
column-read = Read
column-media = Files
column-id = ID
column-name = Name
column-email = E-mail
column-level = Level
column-username = Username
column-duty = Duty
column-skills = Skills
column-present = Present
column-open-tasks = Open tasks
column-most-tasks = Most tasks
column-active = Active
column-time = Time
column-by = By
column-direction = Direction
column-kind = Kind
column-reason = Reason
column-contact = Contact
column-to = To
column-state = State
column-attempts = Attempts
column-next-attempt = Next attempt
column-last-error = Last error
column-delivered = Delivered
column-source = Source
column-key = Key
column-value = Value
column-origin = Origin
column-action = Action
column-before = Before
column-after = After
column-count = Count
column-share = Share
column-words = Words
column-place = Place

## Headings of detail views

heading-report = Report { $number }
heading-steps = Steps
heading-progress = Progress
heading-assignments = Assignments
heading-messages = Messages
heading-media = Files
heading-settings = Settings

## Common words

word-yes = yes
word-no = no
word-none = –
word-unknown = unknown
word-guest = guest
word-automatic = automatic
word-incoming = incoming
word-outgoing = outgoing
word-present = present
word-away = away
word-active = active
word-inactive = inactive
word-public = seen by the reporter
word-internal = internal
word-here = here
word-nothing-found = Nothing matches.
word-more = There is more; go on with --after { $cursor }

## What a command says when it is done

done-report-made = Report { $number } made.
done-report-changed = Report { $number } changed.
done-status = { $number }: { $from } → { $to }
done-assigned = { $number } assigned to { $officer }.
done-unassigned = { $officer } taken off { $number }.
done-note = Note on { $number } kept.
done-validated = Progress on { $number } validated.
done-deleted = Report { $number } deleted.
done-merged = { $number } merged into { $parent }.
done-read = { $count } { $count ->
        [one] report
       *[other] reports
    } marked as read.
done-unread = { $count } { $count ->
        [one] report
       *[other] reports
    } marked as unread.
done-undone = Undone: { $what }
done-sent = The message to { $to } is in the outbox ({ $id }).
done-staff-saved = Staff member { $id } ({ $name }) saved.
done-staff-disabled = Staff member { $id } disabled.
done-staff-enabled = Staff member { $id } enabled.
done-employee-saved = Employee { $id } ({ $name }) saved.
done-employee-disabled = Employee { $id } disabled.
done-password = Password of { $name } changed.
done-setting = { $key } = { $value }
done-imported = { $created } new, { $changed } changed, { $same } the same, { $faulty } faulty.
done-written = { $count } { $count ->
        [one] row
       *[other] rows
    } written to { $path }.
done-migrated = The database at { $place } is ready.
done-backup = Backup written to { $path }.
done-ready = Ready. Webhook address: { $url }
done-next = Go on with: { $command }

## What can go wrong; the hint follows on the same line

error-line = Error: { $text }
error-permission = { $who } may not { $act }. Ask a { $level }.
error-not-found = { $what } { $id } was not found. Check the spelling or look at the list.
error-illegal-move = Report { $number } cannot go from { $from } to { $to }.
error-same-status = Report { $number } is { $to } already.
error-reason-required = The change to { $to } needs a reason. Add --why "the reason".
error-conflict = Somebody else has just changed { $what }. Load it again, then retry.
error-exists = { $what } { $id } exists already. Take another or change the existing one.
error-last-administrator = { $name } is the last active administrator and cannot be disabled.
error-not-assigned = { $officer } is not assigned to { $number }.
error-already-assigned = { $officer } is assigned to { $number } already.
error-staff-inactive = { $name } is not active. Enable the person first or choose another.
error-phone = "{ $phone }" is no phone number. Write for example 0811-0000-1234 or 62811….
error-rating = A rating is 1 to 5, not "{ $rating }".
error-own-parent = Report { $number } cannot be merged into itself.
error-nothing-to-undo = None of your acts of the last 10 minutes can be undone.
error-undo-changed = { $number } has been changed since, so it cannot be undone.
error-password = The password was refused: { $why }
error-sign-in = Username and password do not match.
error-sign-in-wait = Too many attempts. Try again in { $seconds } seconds.
error-filter = The filter "{ $filter }" cannot be read: { $why }
error-database-unreachable = The database { $place } cannot be reached: { $why }. Check the address and the network, then retry.
error-database-missing = The database { $place } does not exist. Make it with "tanggap db migrate" or "tanggap setup".
error-database-newer = The database { $place } was made by a newer version. Update tanggap on this machine.
error-database-older = The database { $place } is behind this version. Run "tanggap db migrate".
error-database = The database refused: { $why }
error-disk-full = There is hardly any disk space left at { $place }. Free some, then retry.
error-file-read = { $path } cannot be read: { $why }
error-file-write = { $path } cannot be written: { $why }
error-no-terminal = This command needs a terminal. Use { $instead }.
error-gateway = The gateway { $channel } refused: { $why }
error-no-channel = There is no channel { $name } in the settings. There is: { $known }
error-usage = { $what }. See "{ $command } --help".
error-bug = Something is wrong in the program: { $why }. Please report it with the command you ran.

## Faults of settings and of text files

config-unreadable = { $path } cannot be read ({ $why }). Check where it is and who may read it.
config-too-big = { $path } is larger than { $limit } KiB. No settings file is that large; check what it holds.
config-not-text = { $path } line { $line } holds bytes that are not UTF-8. Save it again as UTF-8.
config-hidden = { $at } holds the hidden character { $character }. Remove it.
config-syntax = { $path } line { $line } cannot be read: { $why }. Mend that line.
config-unknown = { $at } uses the unknown key "{ $key }". Was "{ $near }" meant?
config-unknown-far = { $at } uses the unknown key "{ $key }". Remove it, or see "tanggap config show".
config-later = { $at }: this version does not have "{ $key }" yet. Remove it or use a newer version.
config-value = { $at }: { $key } cannot be { $found }. Allowed: { $allowed }
config-exposed = { $path } holds secrets and others can read it. Run "chmod 600 { $path }".
config-elsewhere-secret = { $key } holds a secret and is not kept in the database. Write it in config.toml.
config-elsewhere-early = { $key } is needed before the database is open. Write it in config.toml.
config-elsewhere-machine = { $key } belongs to one machine. Write it in the config.toml of that machine.
config-conflict = { $at }: { $key } does not go with the other settings. Allowed: { $allowed }
config-no-folder = The data folder is unknown because HOME is empty. Set data_dir in a settings file and give it with --config.
config-unwritable = { $path } cannot be written ({ $why }). Check who may write to its folder.
config-exists = { $path } exists and is not overwritten. Move it away or choose another place with --config.
config-disagrees = { $path }: { $key } is { $file }, but the database has { $database }. Run "tanggap db migrate" to make them agree.
secret-env-missing = { $key } asks for the environment variable { $name }, which is not set. Set it or change the setting.
secret-unreadable = { $key }: { $path } cannot be read ({ $why }). Check where it is and who may read it.
secret-exposed = { $key }: others can read { $path }. Run "chmod 600 { $path }".
secret-link = { $key }: { $path } is a link. Name the file itself.
secret-not-file = { $key }: { $path } is no plain file. Name the file that holds the secret.
secret-bad-content = { $key } is empty or not one line of text. Put the secret there and nothing else.
text-syntax = Line { $line } of the chat texts cannot be read: { $why }. Mend that line.
text-unknown = Line { $line } of the chat texts replaces "{ $id }", which does not exist. Was "{ $near }" meant?
text-placeholder = Line { $line } of the chat texts: "{ $id }" does not know { $name }. There is: { $known }
text-twice = Line { $line } of the chat texts replaces "{ $id }" a second time. Remove one of them.
text-foreign = Line { $line } of the chat texts: "{ $id }" may hold only text and placeholders, as the built-in one does.
text-hidden = Line { $line } of the chat texts holds the hidden character { $character }. Remove it.
text-too-big = The chat texts are larger than { $limit } KiB. Keep only the texts that are replaced.

## Things, acts and other words of the desk in errors

thing-category = category
thing-channel = channel
thing-delivery = delivery
thing-employee = employee
thing-letter = letter
thing-message = message
thing-name = name
thing-phone = phone number
thing-progress = progress entry
thing-report = report
thing-rule = rule
thing-staff = staff member
thing-task = task
thing-text = text
thing-username = username
act-see-reports = see all reports
act-note = add notes
act-start = start work
act-finish = finish reports
act-assign = assign officers
act-edit = edit reports
act-pending = put reports on hold
act-merge = merge reports
act-reject = reject reports
act-cancel = cancel reports
act-confirm = confirm for a reporter
act-reply = read and answer messages
act-export = export
act-print = print
act-validate = validate progress
act-correct = correct progress
act-reopen = reopen reports
act-delete = delete reports
act-manage-staff = manage staff
act-manage-employees = manage employees
act-manage-settings = change settings
act-manage-rules = manage rules
act-see-audit = read the audit log
act-manage-outbox = manage the outbox
act-manage-channels = manage channels

## Why a command is refused

why-empty = There is no { $what }. Write one.
why-phone = "{ $value }" is no phone number. Write for example 0811-0000-1234 or 62811….
why-category = There is no category "{ $value }". Take one of the settings ("tanggap config show").
why-parent = The report cannot be merged into { $value }: it is the same one, or a duplicate itself. Choose its parent.
why-inactive = Staff member { $value } is not active. Enable the person first or choose another.
why-letter-gone = The letter { $value } has gone out or is closed and cannot be changed any more. See "tanggap outbox list".
why-message-filed = The message { $value } belongs to a report already. Work on that report.
usage-unknown = There is no argument { $what }. See "{ $command } --help".
usage-command = There is no command { $what }. See "{ $command } --help".
usage-missing = Missing: { $what }. See "{ $command } --help".
usage-value = { $what } does not take "{ $value }". See "{ $command } --help".
usage-other = { $what }. See "{ $command } --help".
error-move = A report cannot go from { $from } to { $to }. See where it stands with "tanggap report show".
error-why = This needs a reason. Add --why "the reason".
error-not-started = { $number } has not been started. Begin with "tanggap report start { $number }".
error-listen = Nothing can listen on { $address }: { $why }. Choose another address with --listen.
error-worker-taken = Another worker runs on this database ({ $path }). Stop it first, or use PostgreSQL for several workers.
error-database-address = "{ $place }" is no database address. Write sqlite:FILE or postgres://….
error-database-plain = The database { $place } would be reached without encryption. Add sslmode=verify-full to its address.
error-cursor = The --after cursor is none of this list. Leave it out to begin with the first row.
error-value = { $name } does not know "{ $value }". There is: { $known }
error-file-kind = { $path } is no { $kind }. Send it with "tanggap send document".
error-file-size = { $path } is larger than { $limit } MB. Make it smaller first.

## Reports, messages and the outbox

heading-message = Message { $id }
heading-proposal = Proposal
kind-image = picture
kind-audio = sound
kind-video = film
done-linked = Message { $id } belongs to { $number } now.
done-message-done = Message { $id } marked as dealt with.
done-replayed = Message { $id } was worked again.
done-letters-retried = Letters to be sent again: { $count }
done-letters-cancelled = Letters cancelled: { $count }
done-letter-edited = Letter { $id } changed.
done-paused = The outbox is paused.
done-resumed = The outbox goes on.
stats-total = Reports received: { $count }

## The demo and invented desks

seed-progress = { $done } of { $all } reports
done-seeded = { $reports } invented reports made, with { $employees } employees and { $staff } staff.
error-seed-stopped = Stopped after { $done } of { $all } reports; what was made by then is whole.
error-demo-open = The demo listens on this machine only, not on { $address }. Choose for example --listen 127.0.0.1:8080.
demo-up =
    The sample desk is up: { $reports } reports over 18 months.

    Webhook address  { $url }/webhook/utama
    Database         { $database }
    Sign in as       { $username }, password { $password }

    Try this from another terminal:
      tanggap --database { $database } report list
      tanggap --database { $database } sim send --from 0811-0000-1003 '#req keran lantai 2 bocor'
      curl -d '{"{"}"from":"0811-0000-1003","text":"#req lampu ruang 203 mati"{"}"}' { $url }/webhook/utama

    Ctrl-C ends the demo.
demo-kept = Its data stay in { $folder }.

## Setup, doctor, people, channels, settings and backups

column-can-sign-in = Can sign in
column-gateway = Gateway
column-connected = Linked
column-held = Held because
column-webhook = Webhook
column-on-whatsapp = On WhatsApp
column-object = Object
column-order = Order
why-id = "{ $value }" cannot be an id. Use at most 40 letters, digits and - _ . /
why-email = "{ $value }" is no e-mail address. Write for example sari@campus.example, or leave it empty.
why-username = "{ $value }" cannot be a username. Use 2–40 small letters, digits and . - _ @
why-max-open = { $value } cannot be the most open tasks. Allowed: 0 to 1000.
why-too-many = Too many of { $what } ({ $value }). Give fewer.
why-password-short = The password is too short. Take a longer one, such as some random words (see "tanggap config get password.min_length").
why-password-long = The password is too long. Take a shorter one (see "tanggap config get password.max_bytes").
why-password-name = The password holds its owner's name. Take another.
why-password-common = The password is too easy to guess. Take some random words that have nothing to do with each other.
usage-nothing-to-change = There is nothing to change
done-employee-enabled = Employee { $id } enabled.
done-rule-saved = Rule { $id } ({ $name }) saved.
done-rule-removed = Rule { $id } ({ $name }) removed.
done-setting-now = { $key } = { $value } ({ $origin })
done-audit-whole = The audit trail is whole: { $count } { $count ->
        [one] row
       *[other] rows
    }.
done-check = The database { $place } is whole.
done-restored = The database { $place } is restored from { $path }.
done-old-kept = The old database is kept at { $path }.
done-channel-test = The gateway { $channel } took the message to { $to }.
done-channel-logout = The number of channel { $channel } is unlinked. Link it again with "tanggap channel login { $channel }".
done-channel-linked = The number of channel { $channel } is linked already.
done-channel-code = Code for channel { $channel }: { $code }. Type it in WhatsApp: Linked devices > Link with phone number.
done-channel-qr = The QR picture for channel { $channel } is at { $path }. Scan it in WhatsApp: Linked devices > Link a device.
channel-test-text = A test message of { $org }. No answer needed.
can-send-file = send files
can-send-location = send places
can-quote = quote messages
can-login = link a number
can-login-qr = link a number by QR
can-login-code = link a number by code
can-login-phone = link a number by text message or call
can-logout = unlink a number
can-check = check numbers
can-contacts = show contacts
can-history = show past messages
can-mark-read = mark messages as read
can-groups = look after groups
error-gateway-lacks = The gateway { $gateway } (channel { $channel }) cannot { $what }. It can: { $able }.
error-passwords-differ = The two passwords are not the same. Run the command again.
error-no-command = There is no command "{ $name }". See "tanggap --help".
error-audit-broken = Audit row { $seq } has been changed ({ $count } broken in all). Compare with the last backup and find out who did it.
error-audit-gap = Audit rows { $first } to { $last } are missing. Compare with the last backup and find out who removed them.
error-audit-head = The head of the audit trail does not fit row { $seq }. Compare with the last backup.
error-damaged = { $place } is damaged ({ $count } faults). Stop the worker, then bring a backup back with "tanggap db restore".
error-file-exists = { $path } exists and is not overwritten. Choose another name.
error-database-there = The database { $place } exists. Add --force to replace it; the old one is kept beside it.
error-database-filled = The database { $place } holds something. Make a backup of it first, then add --force to replace all of it.
error-no-backup = { $path } is no backup for this database. Take a file that "tanggap db backup" wrote.
error-no-program = The program { $program } is not on the PATH. Install the PostgreSQL client package, then retry.
error-copy = The copy failed: { $why }. Check disk space and permissions, then retry.
ask-password = Password
ask-password-again = Password, once more
ask-org-name = Name of the organisation
ask-timezone = Time zone (WIB: Asia/Jakarta, WITA: Asia/Makassar, WIT: Asia/Jayapura)
ask-prefix = Prefix of report numbers (2–8 letters)
ask-database = Database (sqlite:FILE or postgres://…)
ask-admin-name = Name of the first administrator
ask-admin-username = Username of the administrator
ask-admin-phone = Phone number of the administrator (may be empty)
ask-gateway = WhatsApp gateway (- for later)
ask-token = Token of the device at the gateway
ask-device = WhatsApp number of the channel (may be empty)
ask-public-url = Public address of the worker, such as https://reports.campus.example (may be empty)
setup-config-made = Settings written to { $path } (only you can read them).
setup-config-there = The settings { $path } exist and were not changed.
setup-database-made = Database { $place } made.
setup-database-there = The database { $place } exists.
setup-admin-made = Administrator { $id } ({ $name }) made; the username is { $username }.
setup-admin-there = The administrator { $id } ({ $name }) exists.
setup-password = The password is { $password } – it is shown only this once, keep it now.
setup-no-channel = There is no channel yet. Add a [[channel]] block to the settings file (see docs/CONFIG.md).
setup-no-json = { $path } is no JSON: { $why }. Mend it, or see the example in "tanggap setup --help".
setup-no-object = The answers must be one JSON object. See the example in "tanggap setup --help".
setup-no-meta = These answers are for the Meta gateway, which this version does not have yet. Use the fonnte gateway, or wait for a later version.
setup-one-channel = Setup makes one channel. Give one; add the others in the settings file.
setup-unknown = The answer "{ $key }" is unknown. Was "{ $near }" meant?
setup-unknown-far = The answer "{ $key }" is unknown. See the example in "tanggap setup --help".
setup-password-text = admin.password must be a text, env or file. Mend it, or leave it out to have one made.
error-doctor = { $count } { $count ->
        [one] fault
       *[other] faults
    } found. Do what the "fault" lines say, then run "tanggap doctor" again.
doctor-settings = { $path } can be read.
doctor-settings-none = No settings file; defaults and what the database holds apply.
doctor-exposed = Others can read { $path }. Run "chmod 600 { $path }".
doctor-clock = Zone { $zone }, now { $time }.
doctor-clock-wrong = The clock of this machine says { $time } (zone { $zone }), which cannot be. Set it, for example with "timedatectl set-ntp true".
doctor-clocks-apart = The clocks of this machine and of the database are { $seconds } seconds apart. Switch NTP on for both.
doctor-folder = { $path } can be written to, { $free } left.
doctor-folder-missing = The data folder { $path } does not exist. Run "tanggap setup" or "tanggap db migrate".
doctor-folder-read-only = The data folder { $path } is read-only. Run "chmod u+w { $path }" as its owner.
doctor-room-none = Only { $free } left on the disk of { $path }; no messages are taken in. Free some space now.
doctor-room-little = Only { $free } left on the disk of { $path }. Free some space soon.
doctor-database = { $place } can be reached ({ $engine }, schema { $version }).
doctor-database-read-only = The database cannot be written to: { $why }. Check the permissions of the file and its folder, or the rights of the database user.
doctor-durable = What is stored survives a power cut ({ $settings }).
doctor-not-durable = What is stored may be lost in a power cut ({ $settings }). Switch synchronous_commit and fsync on at the server.
doctor-no-channel = There is no channel, so no message comes in or goes out. Add a [[channel]] block to the settings file.
doctor-channel = Channel { $channel } is linked with the number { $number }.
doctor-channel-simulated = Channel { $channel } is only simulated.
doctor-token-refused = The gateway refuses the token of channel { $channel } ({ $why }). Copy the right device token to channel.token in the settings file.
doctor-gateway-away = The gateway of channel { $channel } at { $url } cannot be reached ({ $why }). Check the network and base_url.
doctor-gateway-unclear = The gateway of channel { $channel } at { $url } gives no clear answer ({ $why }). Try later or check base_url.
doctor-not-linked = The number of channel { $channel } is not linked. Run "tanggap channel login { $channel }".
doctor-no-quota = The quota of channel { $channel } is used up. Top it up at the gateway.
doctor-no-secret = Channel { $channel } has no webhook_secret, so every delivery is refused. Set webhook_secret in the settings file and in the webhook address (?key=…).
doctor-short-secret = The webhook_secret of channel { $channel } has fewer than { $least } characters. Replace it with a longer random one.
doctor-unsigned = Channel { $channel } takes deliveries without a secret (allow_unsigned). Use that for trials only.
doctor-unsigned-open = Channel { $channel } has allow_unsigned although the worker listens on { $listen }, which is open. Remove allow_unsigned and set webhook_secret.
doctor-no-public-url = worker.public_base_url is empty, so no gateway knows the webhook address ({ $listen } is for this machine only). Set it to the public https://… address.
doctor-audit = The audit trail is whole ({ $count } latest rows).
doctor-audit-empty = The audit trail is empty yet.
doctor-no-key = The audit key { $path } is gone, so old rows cannot be verified. Bring the file back from a backup.
doctor-quarantined = { $count } deliveries could not be worked and are set aside. See "tanggap message list", then "tanggap message replay".
doctor-failed-letters = { $count } outgoing messages failed. See "tanggap outbox list --state failed".
doctor-staff = { $count } administrators can sign in.
doctor-no-administrator = There is no active administrator. Add one with "tanggap staff add --level administrator --name … --username …".
doctor-no-sign-in = No administrator can sign in yet. Give { $name } a username and a password ("tanggap staff edit", "tanggap staff passwd").
