//! `tanggap employee`: the people of the organisation who report.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use crate::action::people::{self, employee::Form};
use crate::cli::act::{Session, at_desk};
use crate::cli::cut::{self, Cut};
use crate::cli::failure::Failure;
use crate::cli::shell::Shell;
use crate::cli::sieve::{self, Person};
use crate::cli::view::{self, Page, Table};
use crate::domain::filter::{NameField, Schema};
use crate::domain::permission::Act;
use crate::store;
use crate::store::employee::{Employee as One, Filter};

/// Look after the list of employees.
#[derive(Debug, Subcommand)]
pub enum Employee {
    /// Show employees
    #[command(after_help = "Example: tanggap employee list unit:perpustakaan active:yes")]
    List(List),
    /// Show one employee
    #[command(after_help = "Example: tanggap employee show PGW2402001")]
    Show(Id),
    /// Take an employee in
    #[command(
        after_help = "Example: tanggap employee add --name 'Sari Wijaya' --phone \
                      62811-0000-0101 --department 'Teknik Sipil' --unit 'Tata Usaha'"
    )]
    Add(Add),
    /// Change what is said about an employee
    #[command(after_help = "Example: tanggap employee edit PGW2402001 --unit Perpustakaan")]
    Edit(Edit),
    /// Take an employee out of use; the phone counts as a stranger's from then on
    #[command(after_help = "Example: tanggap employee disable PGW2402001")]
    Disable(Id),
    /// Take an employee back into use
    #[command(after_help = "Example: tanggap employee enable PGW2402001")]
    Enable(Id),
}

/// Which employees.
#[derive(Debug, Args)]
pub struct List {
    /// Words and conditions such as unit:…, department:…, active:yes, sort:name
    #[arg(value_name = "FILTER")]
    filter: Vec<String>,
    #[command(flatten)]
    cut: Cut,
}

/// One employee.
#[derive(Debug, Args)]
pub struct Id {
    /// Id of the employee
    id: String,
}

/// A new employee.
#[derive(Debug, Args)]
pub struct Add {
    /// Id; the next of the month when left out
    #[arg(long)]
    id: Option<String>,
    #[command(flatten)]
    said: Said,
}

/// Changes to an employee.
#[derive(Debug, Args)]
pub struct Edit {
    /// Id of the employee
    id: String,
    #[command(flatten)]
    said: Said,
}

/// What can be said about an employee.
#[derive(Debug, Clone, Args)]
struct Said {
    /// Name
    #[arg(long)]
    name: Option<String>,
    /// Phone number in any spelling; '' for none
    #[arg(long)]
    phone: Option<String>,
    /// Department
    #[arg(long)]
    department: Option<String>,
    /// Unit
    #[arg(long)]
    unit: Option<String>,
    /// E-mail address; '' for none
    #[arg(long)]
    email: Option<String>,
    /// A note for the desk
    #[arg(long)]
    note: Option<String>,
}

impl Said {
    fn form(&self) -> Form {
        let said = self.clone();
        Form {
            name: said.name,
            email: said.email,
            phone: said.phone,
            department: said.department,
            unit: said.unit,
            note: said.note,
        }
    }
}

impl Employee {
    /// Runs the command.
    pub(super) async fn run(self, shell: &Shell) -> Result<(), Failure> {
        at_desk(shell, async |session| match &self {
            Self::List(list) => list.run(session).await,
            Self::Show(one) => show(session, &one.id).await,
            Self::Add(add) => add.run(session).await,
            Self::Edit(edit) => edit.run(session).await,
            Self::Disable(one) => switch(session, &one.id, false).await,
            Self::Enable(one) => switch(session, &one.id, true).await,
        })
        .await
    }
}

impl List {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        session.actor.check(Act::SeeReports)?;
        let shell = session.shell;
        let query = sieve::read(shell, &Schema::EMPLOYEES, &self.filter)?;
        let all = store::employee::page(&session.desk.db, &Filter::default(), None, None).await?;
        let (rows, next) = sieve::pick(all.rows, &query, &self.cut)?;
        let values: Vec<Value> = rows.iter().map(|one| shape(session, one)).collect();
        cut::print(shell, &values, next.as_deref(), || lines(shell, &rows));
        Ok(())
    }
}

impl Add {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let form = self.said.form();
        let one = session
            .act(async |work| people::employee::add(work, self.id.as_deref(), form.clone()).await)
            .await?;
        saved(session, &one, "done-employee-saved");
        Ok(())
    }
}

impl Edit {
    async fn run(&self, session: &Session<'_>) -> Result<(), Failure> {
        let form = self.said.form();
        if form == Form::default() {
            let what = session.shell.say("usage-nothing-to-change", &[]);
            return Err(Failure::usage(what, "tanggap employee edit"));
        }
        let one = session
            .act(async |work| people::employee::edit(work, &self.id, form.clone()).await)
            .await?;
        saved(session, &one, "done-employee-saved");
        Ok(())
    }
}

async fn show(session: &Session<'_>, id: &str) -> Result<(), Failure> {
    session.actor.check(Act::SeeReports)?;
    let found = store::employee::find(&session.desk.db, id.trim()).await?;
    let one = found.ok_or_else(|| Failure::not_found("employee", id))?;
    let shell = session.shell;
    let active = if one.active {
        "word-active"
    } else {
        "word-inactive"
    };
    shell.print(&shape(session, &one), || {
        let mut page = Page::new(shell, &one.name);
        page.field("column-id", &one.id);
        page.field("column-phone", one.phone.as_deref().unwrap_or_default());
        page.field("column-department", &one.department);
        page.field("column-unit", &one.unit);
        page.field("column-email", &one.email);
        page.field("column-active", shell.say(active, &[]));
        page.field("column-note", &one.note);
        page.text()
    });
    Ok(())
}

async fn switch(session: &Session<'_>, id: &str, on: bool) -> Result<(), Failure> {
    let one = session
        .act(async |work| {
            if on {
                people::employee::enable(work, id).await
            } else {
                people::employee::disable(work, id).await
            }
        })
        .await?;
    saved(
        session,
        &one,
        if on {
            "done-employee-enabled"
        } else {
            "done-employee-disabled"
        },
    );
    Ok(())
}

fn saved(session: &Session<'_>, one: &One, id: &str) {
    let values = [
        ("id", one.id.as_str().into()),
        ("name", one.name.as_str().into()),
    ];
    let shell = session.shell;
    shell.print(&shape(session, one), || shell.say(id, &values));
}

fn shape(session: &Session<'_>, one: &One) -> Value {
    let settings = session.desk.settings();
    json!({
        "id": one.id,
        "name": one.name,
        "email": one.email,
        "phone": one.phone,
        "department": one.department,
        "unit": one.unit,
        "active": one.active,
        "note": one.note,
        "created_at": view::time(&settings, one.created_at),
        "updated_at": view::time(&settings, one.updated_at),
    })
}

fn lines(shell: &Shell, rows: &[One]) -> Table {
    let heads = [
        "column-id",
        "column-name",
        "column-phone",
        "column-department",
        "column-unit",
        "column-active",
    ];
    let mut table = Table::new(shell, &heads);
    for one in rows {
        let active = if one.active {
            "word-active"
        } else {
            "word-inactive"
        };
        table.row([
            one.id.clone(),
            one.name.clone(),
            one.phone.clone().unwrap_or_default(),
            one.department.clone(),
            one.unit.clone(),
            shell.say(active, &[]),
        ]);
    }
    table
}

impl Person for One {
    fn id(&self) -> &str {
        &self.id
    }

    fn phone(&self) -> Option<&str> {
        self.phone.as_deref()
    }

    fn active(&self) -> bool {
        self.active
    }

    fn words(&self) -> String {
        self.search.clone()
    }

    fn names(&self, field: NameField) -> Vec<String> {
        vec![match field {
            NameField::Unit => self.unit.clone(),
            NameField::Department => self.department.clone(),
            _ => self.name.clone(),
        }]
    }
}
