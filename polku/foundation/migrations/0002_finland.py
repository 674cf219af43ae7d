"""Bring in the municipalities, the employment areas and their dated membership."""

from django.db import migrations

from polku.foundation.finland import read_areas, read_memberships, read_municipalities


def bring_in(apps, schema_editor):
    Municipality = apps.get_model("foundation", "Municipality")
    EmploymentArea = apps.get_model("foundation", "EmploymentArea")
    AreaMembership = apps.get_model("foundation", "AreaMembership")
    Municipality.objects.bulk_create(
        Municipality(
            code=row.code,
            name_fi=row.name_fi,
            name_sv=row.name_sv,
            region_code=row.region_code,
            region_name_fi=row.region_name_fi,
            region_name_sv=row.region_name_sv,
            wellbeing_county_code=row.county_code,
            wellbeing_county_name_fi=row.county_name_fi,
            wellbeing_county_name_sv=row.county_name_sv,
            language_status=row.language_status,
        )
        for row in read_municipalities()
    )
    EmploymentArea.objects.bulk_create(
        EmploymentArea(
            code=row.code,
            name_fi=row.name_fi,
            name_sv=row.name_sv,
            kind=row.kind,
            mainland_acts=row.mainland_acts,
        )
        for row in read_areas()
    )
    AreaMembership.objects.bulk_create(
        AreaMembership(
            municipality_id=row.municipality_code,
            area_id=row.area_code,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            verified=row.verified,
        )
        for row in read_memberships()
    )


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [migrations.RunPython(bring_in, migrations.RunPython.noop)]
