"""The first tables: bookkeeping, five facts, the mart of measures by month."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table of the first release."""
    op.create_table(
        "area",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
        comment="One row an area that measures are worked out for.",
    )
    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.String(length=40),
            nullable=False,
            comment="Code of the source; '' if unknown.",
        ),
        sa.Column(
            "layout",
            sa.String(length=80),
            nullable=False,
            comment="Layout recognised; '' if unknown.",
        ),
        sa.Column(
            "extent", sa.String(length=9), nullable=False, comment="Area it speaks for (GSS code)."
        ),
        sa.Column("file_name", sa.Text(), nullable=False),
        sa.Column(
            "sha256",
            sa.String(length=64),
            nullable=False,
            comment="Of the bytes kept in the archive.",
        ),
        sa.Column("size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.DateTime(), nullable=False, comment="UTC."),
        sa.Column("status", sa.String(length=10), nullable=False, comment="accepted or rejected"),
        sa.Column("first_month", sa.Date(), nullable=True, comment="First month covered."),
        sa.Column("last_month", sa.Date(), nullable=True, comment="Last month covered."),
        sa.Column("rows_read", sa.BigInteger(), nullable=False),
        sa.Column("rows_accepted", sa.BigInteger(), nullable=False),
        sa.Column("rows_rejected", sa.BigInteger(), nullable=False),
        sa.Column(
            "rows_new", sa.BigInteger(), nullable=False, comment="Accepted and not there before."
        ),
        sa.Column(
            "rows_unchanged", sa.BigInteger(), nullable=False, comment="Accepted, there already."
        ),
        sa.Column(
            "rows_superseded", sa.BigInteger(), nullable=False, comment="Earlier rows replaced."
        ),
        sa.Column("program_version", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        comment="One row a file that was received, accepted or rejected.",
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_delivery_sha256"), ["sha256"], unique=False)

    op.create_table(
        "measure",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order of the report."),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("source", sa.String(length=40), nullable=False),
        sa.Column("parent", sa.String(length=60), nullable=False),
        sa.Column("breakdown", sa.String(length=20), nullable=False),
        sa.Column("is_additive", sa.Boolean(), nullable=False),
        sa.Column("definition", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_measure")),
        comment="One row a measure, as defined in the program.",
    )
    op.create_table(
        "measure_month",
        sa.Column("measure_code", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("month", sa.Date(), nullable=False, comment="First day of the month."),
        sa.Column(
            "quarter_code",
            sa.String(length=10),
            nullable=False,
            comment="Financial quarter, 2020-21-Q4.",
        ),
        sa.Column(
            "year_code", sa.String(length=7), nullable=False, comment="Financial year, 2020-21."
        ),
        sa.Column(
            "value",
            sa.BigInteger(),
            nullable=False,
            comment="In the measure's unit; 0 is a true zero.",
        ),
        sa.PrimaryKeyConstraint(
            "measure_code", "area_code", "month", name=op.f("pk_measure_month")
        ),
        comment="One row a measure, area and month that a delivery covers. No row: not available.",
    )
    with op.batch_alter_table("measure_month", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_measure_month_quarter_code"), ["quarter_code"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_measure_month_year_code"), ["year_code"], unique=False)

    op.create_table(
        "term",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term")),
        sa.UniqueConstraint("text", name=op.f("uq_term_text")),
        comment="One row a text that coded columns of the facts point to.",
    )
    op.create_table(
        "fact_cctv_log",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False, comment="The partner's row number."),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that replaced the row; null: current.",
        ),
        sa.Column(
            "month",
            sa.Date(),
            nullable=False,
            comment="First day of the month that the row is counted in.",
        ),
        sa.Column(
            "lad_code",
            sa.String(length=9),
            nullable=False,
            comment="Local authority district (GSS code) of the row.",
        ),
        sa.Column(
            "log_number",
            sa.Text(),
            nullable=False,
            comment="The control room's number of the entry.",
        ),
        sa.Column(
            "started_at",
            sa.DateTime(),
            nullable=False,
            comment="Local time at which the incident started.",
        ),
        sa.Column(
            "ended_at",
            sa.DateTime(),
            nullable=True,
            comment="Local time at which the control room closed it.",
        ),
        sa.Column(
            "camera_id", sa.Integer(), nullable=True, comment="Camera, or the place of the camera."
        ),
        sa.Column(
            "incident_type_code",
            sa.Integer(),
            nullable=False,
            comment="What kind of incident it was.",
        ),
        sa.Column(
            "reported_by_code",
            sa.Integer(),
            nullable=False,
            comment="How it came to notice: operator, police, public or shop radio.",
        ),
        sa.Column(
            "is_police_called",
            sa.Boolean(),
            nullable=True,
            comment="The control room informed the police.",
        ),
        sa.Column(
            "arrest_count", sa.Integer(), nullable=True, comment="Arrests made at the scene."
        ),
        sa.Column(
            "is_footage_reviewed",
            sa.Boolean(),
            nullable=True,
            comment="Footage was looked through afterwards.",
        ),
        sa.Column(
            "disc_count",
            sa.Integer(),
            nullable=True,
            comment="Discs of footage given to the police.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_cctv_log_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_cctv_log")),
        comment="One incident in the control room's log, counted in the month in which it started.",
    )
    with op.batch_alter_table("fact_cctv_log", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_cctv_log_key_hash"), ["key_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_cctv_log_month"), ["month"], unique=False)

    op.create_table(
        "fact_fly_tip",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False, comment="The partner's row number."),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that replaced the row; null: current.",
        ),
        sa.Column(
            "month",
            sa.Date(),
            nullable=False,
            comment="First day of the month that the row is counted in.",
        ),
        sa.Column(
            "lad_code",
            sa.String(length=9),
            nullable=False,
            comment="Local authority district (GSS code) of the row.",
        ),
        sa.Column(
            "case_reference",
            sa.Text(),
            nullable=False,
            comment="The council's reference of the case.",
        ),
        sa.Column(
            "reported_on",
            sa.Date(),
            nullable=False,
            comment="Day on which it was reported or found.",
        ),
        sa.Column(
            "reported_by_code",
            sa.Integer(),
            nullable=True,
            comment="Whether the public, a crew or an officer reported it.",
        ),
        sa.Column(
            "land_type_code", sa.Integer(), nullable=False, comment="WasteDataFlow land type."
        ),
        sa.Column(
            "waste_type_code",
            sa.Integer(),
            nullable=False,
            comment="WasteDataFlow primary waste type.",
        ),
        sa.Column(
            "size_code",
            sa.Integer(),
            nullable=True,
            comment="WasteDataFlow size band, as judged on site; null where nothing was cleared.",
        ),
        sa.Column("easting_m", sa.Integer(), nullable=True, comment="National grid easting."),
        sa.Column("northing_m", sa.Integer(), nullable=True, comment="National grid northing."),
        sa.Column("ward_code", sa.Integer(), nullable=True, comment="Ward (GSS code)."),
        sa.Column(
            "ward_name",
            sa.Integer(),
            nullable=True,
            comment="Ward name; for people, never to join on.",
        ),
        sa.Column("status_code", sa.Integer(), nullable=False, comment="State of the case."),
        sa.Column("cleared_on", sa.Date(), nullable=True, comment="Day on which it was cleared."),
        sa.Column(
            "is_investigated", sa.Boolean(), nullable=True, comment="The case was investigated."
        ),
        sa.Column(
            "action_code",
            sa.Integer(),
            nullable=True,
            comment="Enforcement action taken: a WasteDataFlow action, or a Community Protection Warning or Notice.",
        ),
        sa.Column("action_on", sa.Date(), nullable=True, comment="Day of the action."),
        sa.Column(
            "clearance_cost_pence",
            sa.Integer(),
            nullable=True,
            comment="What clearing it cost, in whole pence.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_fly_tip_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_fly_tip")),
        comment="One fly-tipping incident known to the council, counted in the month of its report.",
    )
    with op.batch_alter_table("fact_fly_tip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_fly_tip_key_hash"), ["key_hash"], unique=False)
        batch_op.create_index(batch_op.f("ix_fact_fly_tip_month"), ["month"], unique=False)

    op.create_table(
        "fact_hfrs_incident",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False, comment="The partner's row number."),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that replaced the row; null: current.",
        ),
        sa.Column(
            "month",
            sa.Date(),
            nullable=False,
            comment="First day of the month that the row is counted in.",
        ),
        sa.Column(
            "lad_code",
            sa.String(length=9),
            nullable=False,
            comment="Local authority district (GSS code) of the row.",
        ),
        sa.Column(
            "incident_number",
            sa.Text(),
            nullable=False,
            comment="The service's number of the incident.",
        ),
        sa.Column("called_at", sa.DateTime(), nullable=False, comment="Local time of the call."),
        sa.Column(
            "category_code",
            sa.Integer(),
            nullable=False,
            comment="Fire, false alarm or special service.",
        ),
        sa.Column(
            "fire_class_code",
            sa.Integer(),
            nullable=True,
            comment="Primary, secondary or chimney fire; null for what is no fire.",
        ),
        sa.Column(
            "motive_code",
            sa.Integer(),
            nullable=True,
            comment="Deliberate (suspected included), accidental or not known; null for what is no fire.",
        ),
        sa.Column(
            "property_category",
            sa.Integer(),
            nullable=True,
            comment="What burned or was attended, as the service words it.",
        ),
        sa.Column("fatality_count", sa.Integer(), nullable=True, comment="People who died."),
        sa.Column(
            "injury_count",
            sa.Integer(),
            nullable=True,
            comment="People injured and not killed, whatever their injury.",
        ),
        sa.Column("rescue_count", sa.Integer(), nullable=True, comment="People rescued."),
        sa.Column(
            "ward_name",
            sa.Integer(),
            nullable=True,
            comment="Ward name as the service gives it; for people, never to join on.",
        ),
        sa.Column("ward_code", sa.Integer(), nullable=True, comment="Ward (GSS code)."),
        sa.Column(
            "easting_m",
            sa.Integer(),
            nullable=True,
            comment="National grid easting; south-west corner of the square where it is masked.",
        ),
        sa.Column(
            "northing_m",
            sa.Integer(),
            nullable=True,
            comment="National grid northing; south-west corner of the square where it is masked.",
        ),
        sa.Column(
            "location_precision_m",
            sa.Integer(),
            nullable=True,
            comment="Side of the square that the coordinates name: 1, or 1000 where they are masked.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_hfrs_incident_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_hfrs_incident")),
        comment="One incident that the fire and rescue service attended, counted in the month of the call.",
    )
    with op.batch_alter_table("fact_hfrs_incident", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_hfrs_incident_key_hash"), ["key_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_hfrs_incident_month"), ["month"], unique=False)

    op.create_table(
        "fact_police_crime",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False, comment="The partner's row number."),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that replaced the row; null: current.",
        ),
        sa.Column(
            "month",
            sa.Date(),
            nullable=False,
            comment="First day of the month that the row is counted in.",
        ),
        sa.Column(
            "lad_code",
            sa.String(length=9),
            nullable=False,
            comment="Local authority district (GSS code) of the row.",
        ),
        sa.Column(
            "crime_reference",
            sa.Text(),
            nullable=False,
            comment="The force's reference of the crime, such as 41/12345/20.",
        ),
        sa.Column(
            "recorded_on",
            sa.Date(),
            nullable=False,
            comment="Day on which the crime was recorded: the counting date.",
        ),
        sa.Column(
            "committed_from_on",
            sa.Date(),
            nullable=True,
            comment="First day on which the crime can have been committed.",
        ),
        sa.Column(
            "committed_to_on",
            sa.Date(),
            nullable=True,
            comment="Last day on which the crime can have been committed.",
        ),
        sa.Column(
            "offence_code",
            sa.Integer(),
            nullable=False,
            comment="Home Office offence code of the crime as the extract gives it.",
        ),
        sa.Column(
            "offence_name",
            sa.Integer(),
            nullable=True,
            comment="Name of the offence on the code list of its date; null where the code is not listed.",
        ),
        sa.Column(
            "offence_group", sa.Integer(), nullable=True, comment="Home Office offence group."
        ),
        sa.Column(
            "offence_subgroup", sa.Integer(), nullable=True, comment="Home Office offence subgroup."
        ),
        sa.Column(
            "report_row_code",
            sa.Integer(),
            nullable=True,
            comment="Row of the police table that the crime belongs to; null for the residual.",
        ),
        sa.Column(
            "outcome_type_code",
            sa.Integer(),
            nullable=True,
            comment="Home Office outcome type, 0 to 22.",
        ),
        sa.Column(
            "status_code",
            sa.Integer(),
            nullable=False,
            comment="Whether the crime stands as recorded, was cancelled or was transferred.",
        ),
        sa.Column(
            "ward_code",
            sa.Integer(),
            nullable=True,
            comment="Ward (GSS code) as the force gives it.",
        ),
        sa.Column(
            "ward_name",
            sa.Integer(),
            nullable=True,
            comment="Ward name as the force gives it; for people, never to join on.",
        ),
        sa.Column(
            "lsoa_code",
            sa.Integer(),
            nullable=True,
            comment="Lower layer super output area (GSS code), 2011 or 2021.",
        ),
        sa.Column("easting_m", sa.Integer(), nullable=True, comment="National grid easting."),
        sa.Column("northing_m", sa.Integer(), nullable=True, comment="National grid northing."),
        sa.Column(
            "is_domestic_abuse",
            sa.Boolean(),
            nullable=True,
            comment="Flagged as domestic abuse at the date of the extract.",
        ),
        sa.Column(
            "is_hate_crime",
            sa.Boolean(),
            nullable=True,
            comment="Flagged as hate crime at the date of the extract.",
        ),
        sa.Column(
            "is_knife_crime",
            sa.Boolean(),
            nullable=True,
            comment="Flagged as knife crime at the date of the extract.",
        ),
        sa.Column(
            "is_alcohol_related",
            sa.Boolean(),
            nullable=True,
            comment="Flagged as alcohol-related at the date of the extract.",
        ),
        sa.Column(
            "is_cyber_crime",
            sa.Boolean(),
            nullable=True,
            comment="Flagged as cyber crime at the date of the extract.",
        ),
        sa.Column(
            "is_counted",
            sa.Boolean(),
            nullable=False,
            comment="Counted as recorded crime: it stands as recorded and is not fraud.",
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_police_crime_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_police_crime")),
        comment="One crime recorded by the force, counted in the month of `recorded_on`.",
    )
    with op.batch_alter_table("fact_police_crime", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_fact_police_crime_key_hash"), ["key_hash"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_fact_police_crime_month"), ["month"], unique=False)

    op.create_table(
        "fact_street_crime",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), nullable=False, comment="The partner's row number."),
        sa.Column("key_hash", sa.BigInteger(), nullable=False),
        sa.Column("row_hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "superseded_by",
            sa.Integer(),
            nullable=True,
            comment="Delivery that replaced the row; null: current.",
        ),
        sa.Column(
            "month",
            sa.Date(),
            nullable=False,
            comment="First day of the month that the row is counted in.",
        ),
        sa.Column(
            "lad_code",
            sa.String(length=9),
            nullable=True,
            comment="District (GSS code), from the LSOA's name; null where there is no location.",
        ),
        sa.Column(
            "crime_id",
            sa.Text(),
            nullable=True,
            comment="The publisher's id of the crime; null for anti-social behaviour and British Transport Police.",
        ),
        sa.Column(
            "reported_by", sa.Integer(), nullable=False, comment="Police force that recorded it."
        ),
        sa.Column(
            "falls_within",
            sa.Integer(),
            nullable=False,
            comment="Police force in whose file it is published.",
        ),
        sa.Column(
            "longitude",
            sa.Float(),
            nullable=True,
            comment="Longitude of the anonymised map point (WGS 84).",
        ),
        sa.Column(
            "latitude",
            sa.Float(),
            nullable=True,
            comment="Latitude of the anonymised map point (WGS 84).",
        ),
        sa.Column(
            "location_name",
            sa.Integer(),
            nullable=True,
            comment="What the map point is on or near.",
        ),
        sa.Column(
            "lsoa_code",
            sa.Integer(),
            nullable=True,
            comment="Lower layer super output area (GSS code), of the vintage in use at publication.",
        ),
        sa.Column(
            "lsoa_name",
            sa.Integer(),
            nullable=True,
            comment="Name of that area; its district's name leads it.",
        ),
        sa.Column(
            "crime_type",
            sa.Integer(),
            nullable=False,
            comment="One of the 14 types of data.police.uk.",
        ),
        sa.Column(
            "last_outcome", sa.Integer(), nullable=True, comment="Latest outcome at publication."
        ),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_fact_street_crime_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fact_street_crime")),
        comment="One street-level crime or anti-social behaviour incident as published on data.police.uk.",
    )
    with op.batch_alter_table("fact_street_crime", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_fact_street_crime_month"), ["month"], unique=False)

    op.create_table(
        "issue",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column(
            "source_row",
            sa.Integer(),
            nullable=True,
            comment="The partner's row number; null for the whole file.",
        ),
        sa.Column(
            "field",
            sa.String(length=80),
            nullable=False,
            comment="Our field; '' for the whole row.",
        ),
        sa.Column("header", sa.Text(), nullable=False, comment="The partner's declared heading."),
        sa.Column("rule", sa.String(length=40), nullable=False),
        sa.Column("response", sa.String(length=20), nullable=False),
        sa.Column("expected", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_issue_delivery_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issue")),
        comment="One row a finding: place and rule, never the value.",
    )
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_issue_delivery_id"), ["delivery_id"], unique=False)

    op.create_table(
        "rejected_row",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("source_row", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["delivery_id"], ["delivery.id"], name=op.f("fk_rejected_row_delivery_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", "source_row", name=op.f("pk_rejected_row")),
        comment="One row a rejected row of a file; its content is in the archived bytes only.",
    )


def downgrade() -> None:
    """Drop them all."""
    op.drop_table("rejected_row")
    with op.batch_alter_table("issue", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issue_delivery_id"))

    op.drop_table("issue")
    with op.batch_alter_table("fact_street_crime", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_street_crime_month"))

    op.drop_table("fact_street_crime")
    with op.batch_alter_table("fact_police_crime", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_police_crime_month"))
        batch_op.drop_index(batch_op.f("ix_fact_police_crime_key_hash"))

    op.drop_table("fact_police_crime")
    with op.batch_alter_table("fact_hfrs_incident", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_hfrs_incident_month"))
        batch_op.drop_index(batch_op.f("ix_fact_hfrs_incident_key_hash"))

    op.drop_table("fact_hfrs_incident")
    with op.batch_alter_table("fact_fly_tip", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_fly_tip_month"))
        batch_op.drop_index(batch_op.f("ix_fact_fly_tip_key_hash"))

    op.drop_table("fact_fly_tip")
    with op.batch_alter_table("fact_cctv_log", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_fact_cctv_log_month"))
        batch_op.drop_index(batch_op.f("ix_fact_cctv_log_key_hash"))

    op.drop_table("fact_cctv_log")
    op.drop_table("term")
    with op.batch_alter_table("measure_month", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_measure_month_year_code"))
        batch_op.drop_index(batch_op.f("ix_measure_month_quarter_code"))

    op.drop_table("measure_month")
    op.drop_table("measure")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_delivery_sha256"))

    op.drop_table("delivery")
    op.drop_table("area")
