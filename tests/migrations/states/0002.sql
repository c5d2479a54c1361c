INSERT INTO area (code, name) VALUES
('E06000022', 'Bath and North East Somerset'),
('E06000023', 'Bristol, City of'),
('E06000024', 'North Somerset'),
('E06000025', 'South Gloucestershire'),
('E07000095', 'Broxbourne'),
('E07000096', 'Dacorum'),
('E07000098', 'Hertsmere'),
('E07000099', 'North Hertfordshire'),
('E07000102', 'Three Rivers'),
('E07000103', 'Watford'),
('E07000240', 'St Albans'),
('E07000241', 'Welwyn Hatfield'),
('E07000242', 'East Hertfordshire'),
('E07000243', 'Stevenage'),
('E10000015', 'Hertfordshire'),
('E23000027', 'Hertfordshire Constabulary'),
('E31000001', 'Avon Fire and Rescue Service');

INSERT INTO delivery (id, source, layout, extent, file_name, sha256, size_bytes, received_at, status, first_month, last_month, rows_read, rows_accepted, rows_rejected, rows_new, rows_unchanged, rows_superseded, program_version) VALUES
(1, 'police_crime', 'partnership extract', 'E07000240', 'police-crime-2019-20-q1.csv', '491f49495659ff52ec0f02bbc5f5c1f6b7bbc4f6cc8cf2e338d64e64222f42eb', 553, '2026-11-23 08:31:32.000000', 'accepted', '2019-04-01', '2019-06-01', 4, 3, 1, 3, 0, 0, '0.1.0'),
(2, 'police_crime', 'partnership extract', 'E07000240', 'police-crime-2019-20-q1-resent.csv', 'ee0069a40442f2f188d22070b8bd13ea750d22bee8ce0498bff2d478619f22df', 360, '2026-11-23 08:31:33.000000', 'accepted', '2019-04-01', '2019-06-01', 2, 2, 0, 1, 1, 2, '0.1.0'),
(3, 'police_crime', 'partnership extract', 'E07000240', 'police-crime-2020-21-q1.csv', '73777322cc21a9c4f1a7ead925543bcfcbcee2e7ae011f1998011ee1c4074e72', 453, '2026-11-23 08:31:34.000000', 'accepted', '2020-04-01', '2020-06-01', 3, 2, 1, 2, 0, 0, '0.1.0'),
(4, 'hfrs_incidents', 'Avon attended incidents', 'E31000001', 'incidents-2014-15-q2.csv', 'dcc2fcde8c16c3e6bfa9eeabacdb608937508c701affcf2fc0fbff6abce457cd', 338, '2026-11-23 08:31:35.000000', 'accepted', '2014-07-01', '2014-07-01', 1, 1, 0, 1, 0, 0, '0.1.0'),
(5, 'hfrs_incidents', 'Hertfordshire incident export', 'E10000015', 'fire-incidents-2014-15-q2.xlsx', 'f18e96e70dd00a83ff66c4f0f0b665df40efb27a104596e5cba519a0f2a1876e', 5753, '2026-11-23 08:31:35.000000', 'accepted', '2014-07-01', '2014-09-01', 3, 3, 0, 3, 0, 0, '0.1.0'),
(6, 'cctv_log', 'control-room log', 'E07000240', 'cctv-log-2020-21-q1.xlsx', '683749674d0a94fb28ea2a3601cb642d761d2cb9da284b1c4f020adc517b77a3', 5592, '2026-11-23 08:31:35.000000', 'accepted', '2020-04-01', '2020-06-01', 2, 2, 0, 2, 0, 0, '0.1.0'),
(7, '', '', '', 'unknown.csv', 'adbcc4836bae52279915c76724e2a4a2f767f551ea4504b752af397a6e026f3d', 18, '2026-11-23 08:31:36.000000', 'rejected', NULL, NULL, 0, 0, 0, 0, 0, 0, '0.1.0');

INSERT INTO measure (code, position, label, unit, kind, source, parent, breakdown, is_additive, definition) VALUES
('action-cpn', 93, 'Community Protection Notice', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-cpw', 92, 'Community Protection Warning', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-duty-of-care-inspection', 86, 'Duty of care inspection', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-formal-caution', 89, 'Formal caution', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-fpn-duty-of-care', 83, 'Fixed penalty notice for household duty of care', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-fpn-fly-tipping', 82, 'Fixed penalty notice for fly-tipping', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-fpn-littering', 84, 'Fixed penalty notice for littering with fly-tipping', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-fpn-other', 85, 'Any other fixed penalty notice', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-injunction', 91, 'Injunction', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-prosecution', 90, 'Prosecution', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-statutory-notice', 81, 'Statutory notice', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-stop-and-search', 87, 'Stop and search', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-vehicle-seized', 88, 'Vehicle seized', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('action-warning-letter', 80, 'Warning letter', 'actions', 'flow', 'fly_tips', '', '', TRUE, ''),
('all-crime', 1, 'All crime', 'recorded crimes', 'flow', 'police_crime', '', '', TRUE, 'All notifiable offences recorded by the force, without fraud, which is recorded nationally, and without anti-social behaviour, which is no crime.'),
('burglary-business-and-community', 4, 'Burglary: business and community', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('burglary-residential', 3, 'Burglary: residential', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('cctv-anti-social-behaviour', 34, 'Anti-social behaviour', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-arrests', 45, 'Arrests', 'people', 'flow', 'cctv_log', '', '', TRUE, 'Arrests at the scene that the control room logged.'),
('cctv-criminal-damage', 39, 'Criminal damage', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-discs', 44, 'Discs of footage given to the police', 'discs', 'flow', 'cctv_log', '', '', TRUE, ''),
('cctv-drugs', 35, 'Drugs', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-drunk-disorderly', 33, 'Drunk and disorderly', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-fear-for-welfare', 37, 'Fear for welfare', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-fighting-affray', 32, 'Fighting and affray', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-incidents', 30, 'Incidents dealt with by the control room', 'incidents', 'flow', 'cctv_log', '', '', TRUE, 'Incidents in the control room''s log, not log entries.'),
('cctv-miscellaneous', 42, 'Miscellaneous', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-missing-person', 36, 'Missing person', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-police-called', 43, 'Incidents reported to the police', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', '', FALSE, ''),
('cctv-suspicious-person', 40, 'Suspicious person', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-theft-from-shop', 31, 'Theft from shop', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-traffic', 41, 'Traffic', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('cctv-vehicle-crime', 38, 'Vehicle crime', 'incidents', 'flow', 'cctv_log', 'cctv-incidents', 'cctv', TRUE, ''),
('criminal-damage', 8, 'Criminal damage', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('deliberate-fires', 94, 'Deliberate fires', 'fires', 'flow', 'hfrs_incidents', '', '', TRUE, 'Fires of any class whose motive is deliberate or suspected to be; a deliberate primary fire is a primary fire too.'),
('domestic-abuse', 13, 'Domestic abuse crime', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', FALSE, 'Crimes of any kind flagged as domestic abuse at the date of the extract.'),
('drug-offences', 9, 'Drug offences', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('fire-injuries', 96, 'Fire injuries', 'people', 'flow', 'hfrs_incidents', '', '', TRUE, 'People injured in fires, whatever their injury; deaths are not in it.'),
('fly-tips', 46, 'All fly-tipping incidents', 'incidents', 'flow', 'fly_tips', '', '', TRUE, ''),
('land-agricultural', 52, 'Agricultural', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-back-alleyway', 49, 'Back Alleyway', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-commercial-industrial', 54, 'Commercial / Industrial', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-council-land', 51, 'Council Land', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-footpath-bridleway', 48, 'Footpath / Bridleway', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-highway', 47, 'Highway', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-other-unidentified', 56, 'Other (unidentified)', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-private-residential', 53, 'Private / Residential', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-railway', 50, 'Railway', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('land-watercourse-bank', 55, 'Watercourse / Bank', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'land', TRUE, ''),
('other-crime', 12, 'Other crime', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, 'All crime less the rows above: sexual offences, public order, other theft, bicycle theft, arson, miscellaneous crimes, and codes that are on no list.'),
('possession-of-weapons', 11, 'Possession of weapons', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('primary-fires', 95, 'Primary fires', 'fires', 'flow', 'hfrs_incidents', '', '', TRUE, 'Fires in buildings, vehicles or outdoor structures, or with casualties or rescues, or attended by five or more appliances.'),
('robbery', 7, 'Robbery', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('size-car-boot-or-less', 74, 'Car Boot or Less', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-not-cleared', 79, 'Not cleared, so not sized', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-significant-multi-loads', 78, 'Significant / Multi Loads', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-single-black-bag', 72, 'Single Black Bag', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-single-item', 73, 'Single Item', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-small-van-load', 75, 'Small Van Load', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-tipper-lorry-load', 77, 'Tipper Lorry Load', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('size-transit-van-load', 76, 'Transit Van Load', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'size', TRUE, ''),
('street-all-crime', 14, 'All crime', 'crimes', 'flow', 'street_crime', '', '', TRUE, 'The 13 crime types of data.police.uk; anti-social behaviour is no crime.'),
('street-anti-social-behaviour', 28, 'Anti-social behaviour', 'incidents', 'flow', 'street_crime', '', '', TRUE, 'Incidents of anti-social behaviour; not crimes, and no part of all crime.'),
('street-bicycle-theft', 15, 'Bicycle theft', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-burglary', 16, 'Burglary', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-criminal-damage-and-arson', 17, 'Criminal damage and arson', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-drugs', 18, 'Drugs', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-location-unknown', 29, 'Location unknown', 'crimes and incidents', 'flow', 'street_crime', '', '', TRUE, 'Crimes and incidents of the whole force area that are published without a location: some of them may belong to the district.'),
('street-other-crime', 19, 'Other crime', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-other-theft', 20, 'Other theft', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-possession-of-weapons', 21, 'Possession of weapons', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-public-order', 22, 'Public order', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-robbery', 23, 'Robbery', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-shoplifting', 24, 'Shoplifting', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-theft-from-the-person', 25, 'Theft from the person', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-vehicle-crime', 26, 'Vehicle crime', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('street-violence-and-sexual-offences', 27, 'Violence and sexual offences', 'crimes', 'flow', 'street_crime', 'street-all-crime', '', TRUE, ''),
('theft-from-person', 6, 'Theft from the person', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('theft-from-shop', 10, 'Shoplifting', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('vehicle-offences', 5, 'Vehicle offences', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('violence-against-the-person', 2, 'Violence against the person', 'recorded crimes', 'flow', 'police_crime', 'all-crime', '', TRUE, ''),
('waste-animal-carcass', 57, 'Animal Carcass', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-asbestos', 63, 'Asbestos', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-black-bags-commercial', 66, 'Black Bags - Commercial', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-black-bags-household', 67, 'Black Bags - Household', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-chemical-drums-oil-fuel', 68, 'Chemical Drums, Oil, Fuel', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-clinical', 64, 'Clinical', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-construction-demolition-excavation', 65, 'Constr / Demol / Excav', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-green', 58, 'Green', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-other-commercial-waste', 70, 'Other Commercial Waste', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-other-electrical', 61, 'Other Electrical', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-other-household-waste', 69, 'Other Household Waste', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-other-unidentified', 71, 'Other (unidentified)', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-tyres', 62, 'Tyres', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-vehicle-parts', 59, 'Vehicle Parts', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, ''),
('waste-white-goods', 60, 'White Goods', 'incidents', 'flow', 'fly_tips', 'fly-tips', 'waste', TRUE, '');

INSERT INTO measure_month (measure_code, area_code, month, quarter_code, year_code, value) VALUES
('all-crime', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 1),
('all-crime', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 1),
('all-crime', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('all-crime', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 1),
('all-crime', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 1),
('all-crime', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('burglary-business-and-community', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('burglary-business-and-community', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('burglary-business-and-community', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('burglary-business-and-community', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('burglary-business-and-community', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('burglary-business-and-community', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('burglary-residential', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('burglary-residential', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 1),
('burglary-residential', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('burglary-residential', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('burglary-residential', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('burglary-residential', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-anti-social-behaviour', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-anti-social-behaviour', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-anti-social-behaviour', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-arrests', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 2),
('cctv-arrests', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-arrests', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-criminal-damage', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-criminal-damage', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-criminal-damage', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-discs', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-discs', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-discs', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-drugs', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 1),
('cctv-drugs', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-drugs', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 1),
('cctv-drunk-disorderly', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-drunk-disorderly', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-drunk-disorderly', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-fear-for-welfare', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-fear-for-welfare', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-fear-for-welfare', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-fighting-affray', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-fighting-affray', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-fighting-affray', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-incidents', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 1),
('cctv-incidents', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-incidents', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 1),
('cctv-miscellaneous', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-miscellaneous', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-miscellaneous', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-missing-person', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-missing-person', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-missing-person', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-police-called', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 1),
('cctv-police-called', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-police-called', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 1),
('cctv-suspicious-person', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-suspicious-person', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-suspicious-person', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-theft-from-shop', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-theft-from-shop', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-theft-from-shop', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-traffic', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-traffic', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-traffic', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('cctv-vehicle-crime', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('cctv-vehicle-crime', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('cctv-vehicle-crime', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('criminal-damage', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('criminal-damage', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('criminal-damage', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('criminal-damage', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('criminal-damage', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('criminal-damage', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('deliberate-fires', 'E06000022', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E06000023', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E06000024', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E06000025', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000095', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000095', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000095', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000096', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000096', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000096', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000098', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000098', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000098', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000099', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000099', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000099', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000102', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000102', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000102', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000103', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000103', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000103', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000240', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000240', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000240', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000241', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000241', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000241', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000242', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000242', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000242', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000243', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000243', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E07000243', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E10000015', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E10000015', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E10000015', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('deliberate-fires', 'E31000001', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('domestic-abuse', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 1),
('domestic-abuse', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('domestic-abuse', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('domestic-abuse', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('domestic-abuse', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('domestic-abuse', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('drug-offences', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('drug-offences', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('drug-offences', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('drug-offences', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('drug-offences', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('drug-offences', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('fire-injuries', 'E06000022', '2014-07-01', '2014-15-Q2', '2014-15', 2),
('fire-injuries', 'E06000023', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E06000024', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E06000025', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000095', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000095', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000095', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000096', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000096', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000096', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000098', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000098', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000098', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000099', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000099', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000099', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000102', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000102', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000102', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000103', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000103', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000103', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000240', '2014-07-01', '2014-15-Q2', '2014-15', 3),
('fire-injuries', 'E07000240', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000240', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000241', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000241', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000241', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000242', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000242', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000242', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000243', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000243', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E07000243', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E10000015', '2014-07-01', '2014-15-Q2', '2014-15', 3),
('fire-injuries', 'E10000015', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E10000015', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('fire-injuries', 'E31000001', '2014-07-01', '2014-15-Q2', '2014-15', 2),
('other-crime', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('other-crime', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('other-crime', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('other-crime', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('other-crime', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('other-crime', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('possession-of-weapons', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('possession-of-weapons', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('possession-of-weapons', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('possession-of-weapons', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('possession-of-weapons', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('possession-of-weapons', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('primary-fires', 'E06000022', '2014-07-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E06000023', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E06000024', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E06000025', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000095', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000095', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000095', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000096', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000096', '2014-08-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E07000096', '2014-09-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E07000098', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000098', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000098', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000099', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000099', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000099', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000102', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000102', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000102', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000103', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000103', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000103', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000240', '2014-07-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E07000240', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000240', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000241', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000241', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000241', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000242', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000242', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000242', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000243', '2014-07-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000243', '2014-08-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E07000243', '2014-09-01', '2014-15-Q2', '2014-15', 0),
('primary-fires', 'E10000015', '2014-07-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E10000015', '2014-08-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E10000015', '2014-09-01', '2014-15-Q2', '2014-15', 1),
('primary-fires', 'E31000001', '2014-07-01', '2014-15-Q2', '2014-15', 1),
('robbery', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('robbery', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('robbery', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('robbery', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('robbery', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 1),
('robbery', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('theft-from-person', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('theft-from-person', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('theft-from-person', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('theft-from-person', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('theft-from-person', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('theft-from-person', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('theft-from-shop', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('theft-from-shop', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('theft-from-shop', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('theft-from-shop', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('theft-from-shop', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('theft-from-shop', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('vehicle-offences', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 1),
('vehicle-offences', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('vehicle-offences', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('vehicle-offences', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 1),
('vehicle-offences', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('vehicle-offences', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0),
('violence-against-the-person', 'E07000240', '2019-04-01', '2019-20-Q1', '2019-20', 0),
('violence-against-the-person', 'E07000240', '2019-05-01', '2019-20-Q1', '2019-20', 0),
('violence-against-the-person', 'E07000240', '2019-06-01', '2019-20-Q1', '2019-20', 0),
('violence-against-the-person', 'E07000240', '2020-04-01', '2020-21-Q1', '2020-21', 0),
('violence-against-the-person', 'E07000240', '2020-05-01', '2020-21-Q1', '2020-21', 0),
('violence-against-the-person', 'E07000240', '2020-06-01', '2020-21-Q1', '2020-21', 0);

INSERT INTO term (id, text) VALUES
(1, '45'),
(2, '34A'),
(3, 'Robbery of business property'),
(4, 'Theft from a motor vehicle'),
(5, 'Robbery'),
(6, 'Theft offences'),
(7, 'Vehicle offences'),
(8, 'robbery'),
(9, 'vehicle-offences'),
(10, 'recorded'),
(11, 'E05009028'),
(12, 'Verulam'),
(13, 'E01023728'),
(14, '28E'),
(15, 'Burglary - residential'),
(16, 'Burglary'),
(17, 'Residential burglary'),
(18, 'burglary-residential'),
(19, 'fire'),
(20, 'primary'),
(21, 'accidental'),
(22, 'Dwelling'),
(23, 'ABBEY'),
(24, '7'),
(25, 'drugs'),
(26, 'police');

INSERT INTO delivery_month (delivery_id, month, row_count, unplaced_count) VALUES
(1, '2019-04-01', 1, 0),
(1, '2019-05-01', 1, 0),
(1, '2019-06-01', 1, 0),
(2, '2019-04-01', 1, 0),
(2, '2019-05-01', 1, 0),
(2, '2019-06-01', 0, 0),
(3, '2020-04-01', 1, 0),
(3, '2020-05-01', 1, 0),
(3, '2020-06-01', 0, 0),
(4, '2014-07-01', 1, 0),
(5, '2014-07-01', 1, 0),
(5, '2014-08-01', 1, 0),
(5, '2014-09-01', 1, 0),
(6, '2020-04-01', 1, 0),
(6, '2020-05-01', 0, 0),
(6, '2020-06-01', 1, 0);

INSERT INTO fact_cctv_log (id, delivery_id, source_row, key_hash, row_hash, superseded_by, month, lad_code, log_number, started_at, ended_at, camera_id, incident_type_code, reported_by_code, is_police_called, arrest_count, is_footage_reviewed, disc_count) VALUES
(1, 6, 2, -3293852602066306048, 6056569067617436485, NULL, '2020-04-01', 'E07000240', 'C/2', '2020-04-02 22:10:00.000000', '2020-04-02 22:40:00.000000', 24, 25, 26, TRUE, 2, FALSE, 0),
(2, 6, 3, 6935639900746356613, -2796396228521969143, NULL, '2020-06-01', 'E07000240', 'C/3', '2020-06-02 22:10:00.000000', '2020-06-02 22:40:00.000000', 24, 25, 26, TRUE, 0, FALSE, 0);

INSERT INTO fact_hfrs_incident (id, delivery_id, source_row, key_hash, row_hash, superseded_by, month, lad_code, incident_number, called_at, category_code, fire_class_code, motive_code, property_category, fatality_count, injury_count, rescue_count, ward_name, ward_code, easting_m, northing_m, location_precision_m) VALUES
(1, 4, 2, 3723551203952746033, -1780089617778457321, NULL, '2014-07-01', 'E06000022', '005532-01072014', '2014-07-01 01:54:02.000000', 19, 20, 21, 22, 0, 2, 0, 23, NULL, 376000, 165000, 1000),
(2, 5, 2, 8007175200971985306, -8849371769198031986, NULL, '2014-07-01', 'E07000240', 'H/0002', '2014-07-01 12:00:00.000000', 19, 20, 21, 22, 0, 3, 0, 12, 11, 515000, 207000, NULL),
(3, 5, 3, 8353171517274110278, 8213941975309206519, NULL, '2014-08-01', 'E07000096', 'H/0003', '2014-08-01 12:00:00.000000', 19, 20, 21, 22, 0, 0, 0, 12, 11, 515000, 207000, NULL),
(4, 5, 4, 5957226219702096147, 1676232947521275000, NULL, '2014-09-01', 'E07000096', 'H/0004', '2014-09-01 12:00:00.000000', 19, 20, 21, 22, 0, 0, 0, 12, 11, 515000, 207000, NULL);

INSERT INTO fact_police_crime (id, delivery_id, source_row, key_hash, row_hash, superseded_by, month, lad_code, crime_reference, recorded_on, committed_from_on, committed_to_on, offence_code, offence_name, offence_group, offence_subgroup, report_row_code, outcome_type_code, status_code, ward_code, ward_name, lsoa_code, easting_m, northing_m, is_domestic_abuse, is_hate_crime, is_knife_crime, is_alcohol_related, is_cyber_crime, is_counted) VALUES
(1, 1, 2, -9159844113999236749, 5150840527464089519, NULL, '2019-04-01', 'E07000240', '41/1/19', '2019-04-14', NULL, NULL, 1, 4, 6, 7, 9, 18, 10, 11, 12, 13, 514000, 207000, TRUE, FALSE, FALSE, FALSE, FALSE, TRUE),
(2, 1, 3, 2873463484480726636, 3776607298547189499, 2, '2019-05-01', 'E07000240', '41/2/19', '2019-05-14', NULL, NULL, 1, 4, 6, 7, 9, 18, 10, 11, 12, 13, 514000, 207000, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE),
(3, 1, 4, 6065984159527049142, -2147607980319721767, 2, '2019-06-01', 'E07000240', '41/3/19', '2019-06-30', NULL, NULL, 2, 3, 5, 3, 8, 18, 10, 11, 12, 13, 514000, 207000, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE),
(4, 2, 3, 2873463484480726636, -234010544011682909, NULL, '2019-05-01', 'E07000240', '41/2/19', '2019-05-14', NULL, NULL, 14, 15, 16, 17, 18, 18, 10, 11, 12, 13, 514000, 207000, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE),
(5, 3, 2, -7098935788475837672, -1148734357353921068, NULL, '2020-04-01', 'E07000240', '41/2/20', '2020-04-14', NULL, NULL, 1, 4, 6, 7, 9, 18, 10, 11, 12, 13, 514000, 207000, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE),
(6, 3, 3, -7975360926808265638, -1849660295821770589, NULL, '2020-05-01', 'E07000240', '41/3/20', '2020-05-14', NULL, NULL, 2, 3, 5, 3, 8, 18, 10, 11, 12, 13, 514000, 207000, FALSE, FALSE, FALSE, FALSE, FALSE, TRUE);

INSERT INTO hold (id, delivery_id, rule, detail, first_month, last_month, is_year_only, raised_at, released_at, released_by, released_because) VALUES
(1, 1, 'rejected-share', '1 of 4 rows (25.0%)', '2019-04-01', '2019-06-01', FALSE, '2026-11-23 08:31:32.000000', NULL, NULL, NULL),
(2, 1, 'rejected-in-small-category', 'Apr to Jun 2019: All crime (3 accepted, 1 rejected); Robbery (1 accepted, 1 rejected)', '2019-04-01', '2019-06-01', FALSE, '2026-11-23 08:31:32.000000', NULL, NULL, NULL),
(3, 3, 'rejected-share', '1 of 3 rows (33.3%)', '2020-04-01', '2020-06-01', FALSE, '2026-11-23 08:31:34.000000', '2025-07-02 09:30:00.000000', 'Ann Field', 'Confirmed.'),
(4, 3, 'rejected-in-small-category', 'Apr to Jun 2020: All crime (2 accepted, 1 rejected); Vehicle offences (1 accepted, 1 rejected)', '2020-04-01', '2020-06-01', FALSE, '2026-11-23 08:31:34.000000', NULL, NULL, NULL);

INSERT INTO issue (id, delivery_id, source_row, field, header, rule, response, expected) VALUES
(1, 1, 5, 'recorded_on', 'Date Recorded', 'date-unreadable', 'reject row', ''),
(2, 3, 4, 'recorded_on', 'Date Recorded', 'date-unreadable', 'reject row', ''),
(3, 7, NULL, '', '', 'layout-unknown', 'reject file', 'Agreed exports of this kind of file: Police recorded crime (Hertfordshire Constabulary); Street-level crime (data.police.uk); Fire and rescue incidents (Hertfordshire Fire and Rescue Service).');

INSERT INTO rejected_row (delivery_id, source_row) VALUES
(1, 5),
(3, 4);

CREATE VIEW csp_cctv_log_v1 AS SELECT fact_cctv_log.month, fact_cctv_log.lad_code, fact_cctv_log.log_number, fact_cctv_log.started_at, fact_cctv_log.ended_at, (SELECT term_1.text 
FROM term AS term_1 
WHERE term_1.id = fact_cctv_log.camera_id) AS camera_id, (SELECT term_2.text 
FROM term AS term_2 
WHERE term_2.id = fact_cctv_log.incident_type_code) AS incident_type_code, (SELECT term_3.text 
FROM term AS term_3 
WHERE term_3.id = fact_cctv_log.reported_by_code) AS reported_by_code, fact_cctv_log.is_police_called, fact_cctv_log.arrest_count, fact_cctv_log.is_footage_reviewed, fact_cctv_log.disc_count, fact_cctv_log.delivery_id, fact_cctv_log.source_row 
FROM fact_cctv_log 
WHERE fact_cctv_log.superseded_by IS NULL;

CREATE VIEW csp_fly_tip_v1 AS SELECT fact_fly_tip.month, fact_fly_tip.lad_code, fact_fly_tip.case_reference, fact_fly_tip.reported_on, (SELECT term_1.text 
FROM term AS term_1 
WHERE term_1.id = fact_fly_tip.reported_by_code) AS reported_by_code, (SELECT term_2.text 
FROM term AS term_2 
WHERE term_2.id = fact_fly_tip.land_type_code) AS land_type_code, (SELECT term_3.text 
FROM term AS term_3 
WHERE term_3.id = fact_fly_tip.waste_type_code) AS waste_type_code, (SELECT term_4.text 
FROM term AS term_4 
WHERE term_4.id = fact_fly_tip.size_code) AS size_code, fact_fly_tip.easting_m, fact_fly_tip.northing_m, (SELECT term_5.text 
FROM term AS term_5 
WHERE term_5.id = fact_fly_tip.ward_code) AS ward_code, (SELECT term_6.text 
FROM term AS term_6 
WHERE term_6.id = fact_fly_tip.ward_name) AS ward_name, (SELECT term_7.text 
FROM term AS term_7 
WHERE term_7.id = fact_fly_tip.status_code) AS status_code, fact_fly_tip.cleared_on, fact_fly_tip.is_investigated, (SELECT term_8.text 
FROM term AS term_8 
WHERE term_8.id = fact_fly_tip.action_code) AS action_code, fact_fly_tip.action_on, fact_fly_tip.clearance_cost_pence, fact_fly_tip.delivery_id, fact_fly_tip.source_row 
FROM fact_fly_tip 
WHERE fact_fly_tip.superseded_by IS NULL;

CREATE VIEW csp_hfrs_incident_v1 AS SELECT fact_hfrs_incident.month, fact_hfrs_incident.lad_code, fact_hfrs_incident.incident_number, fact_hfrs_incident.called_at, (SELECT term_1.text 
FROM term AS term_1 
WHERE term_1.id = fact_hfrs_incident.category_code) AS category_code, (SELECT term_2.text 
FROM term AS term_2 
WHERE term_2.id = fact_hfrs_incident.fire_class_code) AS fire_class_code, (SELECT term_3.text 
FROM term AS term_3 
WHERE term_3.id = fact_hfrs_incident.motive_code) AS motive_code, (SELECT term_4.text 
FROM term AS term_4 
WHERE term_4.id = fact_hfrs_incident.property_category) AS property_category, fact_hfrs_incident.fatality_count, fact_hfrs_incident.injury_count, fact_hfrs_incident.rescue_count, (SELECT term_5.text 
FROM term AS term_5 
WHERE term_5.id = fact_hfrs_incident.ward_name) AS ward_name, (SELECT term_6.text 
FROM term AS term_6 
WHERE term_6.id = fact_hfrs_incident.ward_code) AS ward_code, fact_hfrs_incident.easting_m, fact_hfrs_incident.northing_m, fact_hfrs_incident.location_precision_m, fact_hfrs_incident.delivery_id, fact_hfrs_incident.source_row 
FROM fact_hfrs_incident 
WHERE fact_hfrs_incident.superseded_by IS NULL;

CREATE VIEW csp_police_crime_v1 AS SELECT fact_police_crime.month, fact_police_crime.lad_code, fact_police_crime.crime_reference, fact_police_crime.recorded_on, fact_police_crime.committed_from_on, fact_police_crime.committed_to_on, (SELECT term_1.text 
FROM term AS term_1 
WHERE term_1.id = fact_police_crime.offence_code) AS offence_code, (SELECT term_2.text 
FROM term AS term_2 
WHERE term_2.id = fact_police_crime.offence_name) AS offence_name, (SELECT term_3.text 
FROM term AS term_3 
WHERE term_3.id = fact_police_crime.offence_group) AS offence_group, (SELECT term_4.text 
FROM term AS term_4 
WHERE term_4.id = fact_police_crime.offence_subgroup) AS offence_subgroup, (SELECT term_5.text 
FROM term AS term_5 
WHERE term_5.id = fact_police_crime.report_row_code) AS report_row_code, fact_police_crime.outcome_type_code, (SELECT term_6.text 
FROM term AS term_6 
WHERE term_6.id = fact_police_crime.status_code) AS status_code, (SELECT term_7.text 
FROM term AS term_7 
WHERE term_7.id = fact_police_crime.ward_code) AS ward_code, (SELECT term_8.text 
FROM term AS term_8 
WHERE term_8.id = fact_police_crime.ward_name) AS ward_name, (SELECT term_9.text 
FROM term AS term_9 
WHERE term_9.id = fact_police_crime.lsoa_code) AS lsoa_code, fact_police_crime.easting_m, fact_police_crime.northing_m, fact_police_crime.is_domestic_abuse, fact_police_crime.is_hate_crime, fact_police_crime.is_knife_crime, fact_police_crime.is_alcohol_related, fact_police_crime.is_cyber_crime, fact_police_crime.is_counted, fact_police_crime.delivery_id, fact_police_crime.source_row 
FROM fact_police_crime 
WHERE fact_police_crime.superseded_by IS NULL;

CREATE VIEW csp_street_crime_v1 AS SELECT fact_street_crime.month, fact_street_crime.lad_code, fact_street_crime.crime_id, (SELECT term_1.text 
FROM term AS term_1 
WHERE term_1.id = fact_street_crime.reported_by) AS reported_by, (SELECT term_2.text 
FROM term AS term_2 
WHERE term_2.id = fact_street_crime.falls_within) AS falls_within, fact_street_crime.longitude, fact_street_crime.latitude, (SELECT term_3.text 
FROM term AS term_3 
WHERE term_3.id = fact_street_crime.location_name) AS location_name, (SELECT term_4.text 
FROM term AS term_4 
WHERE term_4.id = fact_street_crime.lsoa_code) AS lsoa_code, (SELECT term_5.text 
FROM term AS term_5 
WHERE term_5.id = fact_street_crime.lsoa_name) AS lsoa_name, (SELECT term_6.text 
FROM term AS term_6 
WHERE term_6.id = fact_street_crime.crime_type) AS crime_type, (SELECT term_7.text 
FROM term AS term_7 
WHERE term_7.id = fact_street_crime.last_outcome) AS last_outcome, fact_street_crime.delivery_id, fact_street_crime.source_row 
FROM fact_street_crime 
WHERE fact_street_crime.superseded_by IS NULL;

CREATE VIEW csp_measure_month_v1 AS SELECT measure_month.measure_code, measure.label AS measure_label, measure.unit, measure_month.area_code, area.name AS area_name, measure_month.month, measure_month.quarter_code, measure_month.year_code, known.value, CASE WHEN (anon_1.month IS NOT NULL) THEN 1 ELSE 0 END AS is_held 
FROM measure_month JOIN measure ON measure.code = measure_month.measure_code JOIN area ON area.code = measure_month.area_code LEFT OUTER JOIN (SELECT delivery.source AS source, delivery_month.month AS month, max(CASE WHEN (hold.rule = 'months-missing') THEN 1 ELSE 0 END) AS is_unknown 
FROM hold JOIN delivery_month ON delivery_month.delivery_id = hold.delivery_id JOIN delivery ON delivery.id = hold.delivery_id 
WHERE hold.released_at IS NULL AND hold.is_year_only IS false AND delivery_month.month >= hold.first_month AND delivery_month.month <= hold.last_month AND NOT (EXISTS (SELECT 1 AS anon_2 
FROM delivery_month AS delivery_month_1 JOIN delivery AS delivery_1 ON delivery_1.id = delivery_month_1.delivery_id 
WHERE delivery_month_1.month = delivery_month.month AND delivery_1.id > delivery.id AND delivery_1.source = delivery.source AND delivery_1.extent = delivery.extent)) GROUP BY delivery.source, delivery_month.month) AS anon_1 ON anon_1.source = measure.source AND anon_1.month = measure_month.month LEFT OUTER JOIN measure_month AS known ON coalesce(anon_1.is_unknown, 0) = 0 AND known.measure_code = measure_month.measure_code AND known.area_code = measure_month.area_code AND known.month = measure_month.month;

CREATE VIEW csp_measure_quarter_v1 AS SELECT anon_1.measure_code, measure.label AS measure_label, measure.unit, anon_1.area_code, area.name AS area_name, anon_1.quarter_code, anon_1.months_present, anon_1.value, CASE WHEN (anon_1.value IS NULL) THEN 'x' ELSE '' END AS mark, anon_2.value AS previous, CASE WHEN (anon_2.value IS NULL) THEN 'x' ELSE '' END AS previous_mark, anon_1.value - anon_2.value AS change, anon_1.is_held 
FROM (SELECT measure_month.measure_code AS measure_code, measure_month.area_code AS area_code, measure_month.quarter_code AS quarter_code, sum(CASE WHEN (anon_3.is_unknown = 1) THEN 0 ELSE 1 END) AS months_present, max(CASE WHEN (anon_3.month IS NOT NULL) THEN 1 ELSE 0 END) AS is_held, CASE WHEN (sum(CASE WHEN (anon_3.is_unknown = 1) THEN 0 ELSE 1 END) = 3) THEN sum(measure_month.value) ELSE NULL END AS value 
FROM measure_month JOIN measure ON measure.code = measure_month.measure_code LEFT OUTER JOIN (SELECT delivery.source AS source, delivery_month.month AS month, max(CASE WHEN (hold.rule = 'months-missing') THEN 1 ELSE 0 END) AS is_unknown 
FROM hold JOIN delivery_month ON delivery_month.delivery_id = hold.delivery_id JOIN delivery ON delivery.id = hold.delivery_id 
WHERE hold.released_at IS NULL AND hold.is_year_only IS false AND delivery_month.month >= hold.first_month AND delivery_month.month <= hold.last_month AND NOT (EXISTS (SELECT 1 AS anon_4 
FROM delivery_month AS delivery_month_1 JOIN delivery AS delivery_1 ON delivery_1.id = delivery_month_1.delivery_id 
WHERE delivery_month_1.month = delivery_month.month AND delivery_1.id > delivery.id AND delivery_1.source = delivery.source AND delivery_1.extent = delivery.extent)) GROUP BY delivery.source, delivery_month.month) AS anon_3 ON anon_3.source = measure.source AND anon_3.month = measure_month.month GROUP BY measure_month.measure_code, measure_month.area_code, measure_month.quarter_code) AS anon_1 JOIN measure ON measure.code = anon_1.measure_code JOIN area ON area.code = anon_1.area_code LEFT OUTER JOIN (SELECT measure_month.measure_code AS measure_code, measure_month.area_code AS area_code, measure_month.quarter_code AS quarter_code, sum(CASE WHEN (anon_5.is_unknown = 1) THEN 0 ELSE 1 END) AS months_present, max(CASE WHEN (anon_5.month IS NOT NULL) THEN 1 ELSE 0 END) AS is_held, CASE WHEN (sum(CASE WHEN (anon_5.is_unknown = 1) THEN 0 ELSE 1 END) = 3) THEN sum(measure_month.value) ELSE NULL END AS value 
FROM measure_month JOIN measure ON measure.code = measure_month.measure_code LEFT OUTER JOIN (SELECT delivery.source AS source, delivery_month.month AS month, max(CASE WHEN (hold.rule = 'months-missing') THEN 1 ELSE 0 END) AS is_unknown 
FROM hold JOIN delivery_month ON delivery_month.delivery_id = hold.delivery_id JOIN delivery ON delivery.id = hold.delivery_id 
WHERE hold.released_at IS NULL AND hold.is_year_only IS false AND delivery_month.month >= hold.first_month AND delivery_month.month <= hold.last_month AND NOT (EXISTS (SELECT 1 AS anon_6 
FROM delivery_month AS delivery_month_2 JOIN delivery AS delivery_2 ON delivery_2.id = delivery_month_2.delivery_id 
WHERE delivery_month_2.month = delivery_month.month AND delivery_2.id > delivery.id AND delivery_2.source = delivery.source AND delivery_2.extent = delivery.extent)) GROUP BY delivery.source, delivery_month.month) AS anon_5 ON anon_5.source = measure.source AND anon_5.month = measure_month.month GROUP BY measure_month.measure_code, measure_month.area_code, measure_month.quarter_code) AS anon_2 ON anon_2.measure_code = anon_1.measure_code AND anon_2.area_code = anon_1.area_code AND anon_2.quarter_code = (CAST(CAST(substr(anon_1.quarter_code, 1, 4) AS INTEGER) - 1 AS VARCHAR(4)) || '-' || substr(anon_1.quarter_code, 3, 2) || substr(anon_1.quarter_code, 8));

CREATE VIEW csp_measure_year_v1 AS SELECT anon_1.measure_code, measure.label AS measure_label, measure.unit, anon_1.area_code, area.name AS area_name, anon_1.year_code, anon_1.months_present, anon_1.value, CASE WHEN (anon_1.value IS NULL) THEN 'x' ELSE '' END AS mark, anon_2.value AS previous, CASE WHEN (anon_2.value IS NULL) THEN 'x' ELSE '' END AS previous_mark, anon_1.value - anon_2.value AS change, anon_1.is_held 
FROM (SELECT measure_month.measure_code AS measure_code, measure_month.area_code AS area_code, measure_month.year_code AS year_code, sum(CASE WHEN (anon_3.is_unknown = 1) THEN 0 ELSE 1 END) AS months_present, max(CASE WHEN (anon_3.month IS NOT NULL) THEN 1 ELSE 0 END) AS is_held, CASE WHEN (sum(CASE WHEN (anon_3.is_unknown = 1) THEN 0 ELSE 1 END) = 12) THEN sum(measure_month.value) ELSE NULL END AS value 
FROM measure_month JOIN measure ON measure.code = measure_month.measure_code LEFT OUTER JOIN (SELECT delivery.source AS source, delivery_month.month AS month, max(CASE WHEN (hold.rule = 'months-missing') THEN 1 ELSE 0 END) AS is_unknown 
FROM hold JOIN delivery_month ON delivery_month.delivery_id = hold.delivery_id JOIN delivery ON delivery.id = hold.delivery_id 
WHERE hold.released_at IS NULL AND hold.is_year_only IS false AND delivery_month.month >= hold.first_month AND delivery_month.month <= hold.last_month AND NOT (EXISTS (SELECT 1 AS anon_4 
FROM delivery_month AS delivery_month_1 JOIN delivery AS delivery_1 ON delivery_1.id = delivery_month_1.delivery_id 
WHERE delivery_month_1.month = delivery_month.month AND delivery_1.id > delivery.id AND delivery_1.source = delivery.source AND delivery_1.extent = delivery.extent)) GROUP BY delivery.source, delivery_month.month) AS anon_3 ON anon_3.source = measure.source AND anon_3.month = measure_month.month GROUP BY measure_month.measure_code, measure_month.area_code, measure_month.year_code) AS anon_1 JOIN measure ON measure.code = anon_1.measure_code JOIN area ON area.code = anon_1.area_code LEFT OUTER JOIN (SELECT measure_month.measure_code AS measure_code, measure_month.area_code AS area_code, measure_month.year_code AS year_code, sum(CASE WHEN (anon_5.is_unknown = 1) THEN 0 ELSE 1 END) AS months_present, max(CASE WHEN (anon_5.month IS NOT NULL) THEN 1 ELSE 0 END) AS is_held, CASE WHEN (sum(CASE WHEN (anon_5.is_unknown = 1) THEN 0 ELSE 1 END) = 12) THEN sum(measure_month.value) ELSE NULL END AS value 
FROM measure_month JOIN measure ON measure.code = measure_month.measure_code LEFT OUTER JOIN (SELECT delivery.source AS source, delivery_month.month AS month, max(CASE WHEN (hold.rule = 'months-missing') THEN 1 ELSE 0 END) AS is_unknown 
FROM hold JOIN delivery_month ON delivery_month.delivery_id = hold.delivery_id JOIN delivery ON delivery.id = hold.delivery_id 
WHERE hold.released_at IS NULL AND hold.is_year_only IS false AND delivery_month.month >= hold.first_month AND delivery_month.month <= hold.last_month AND NOT (EXISTS (SELECT 1 AS anon_6 
FROM delivery_month AS delivery_month_2 JOIN delivery AS delivery_2 ON delivery_2.id = delivery_month_2.delivery_id 
WHERE delivery_month_2.month = delivery_month.month AND delivery_2.id > delivery.id AND delivery_2.source = delivery.source AND delivery_2.extent = delivery.extent)) GROUP BY delivery.source, delivery_month.month) AS anon_5 ON anon_5.source = measure.source AND anon_5.month = measure_month.month GROUP BY measure_month.measure_code, measure_month.area_code, measure_month.year_code) AS anon_2 ON anon_2.measure_code = anon_1.measure_code AND anon_2.area_code = anon_1.area_code AND anon_2.year_code = (CAST(CAST(substr(anon_1.year_code, 1, 4) AS INTEGER) - 1 AS VARCHAR(4)) || '-' || substr(anon_1.year_code, 3, 2) || substr(anon_1.year_code, 8));

CREATE VIEW csp_measure_v1 AS SELECT measure.code, measure.position, measure.label, measure.unit, measure.kind, measure.source, measure.parent, measure.breakdown, measure.is_additive, measure.definition 
FROM measure;

CREATE VIEW csp_area_v1 AS SELECT area.code, area.name 
FROM area;

CREATE VIEW csp_delivery_v1 AS SELECT delivery.id, delivery.source, delivery.layout, delivery.extent, delivery.file_name, delivery.sha256, delivery.size_bytes, delivery.received_at, delivery.status, delivery.first_month, delivery.last_month, delivery.rows_read, delivery.rows_accepted, delivery.rows_rejected, delivery.rows_new, delivery.rows_unchanged, delivery.rows_superseded, delivery.program_version 
FROM delivery;

CREATE VIEW csp_delivery_month_v1 AS SELECT delivery_month.delivery_id, delivery_month.month, delivery_month.row_count 
FROM delivery_month;

CREATE VIEW csp_issue_v1 AS SELECT issue.delivery_id, issue.source_row, issue.field, issue.header, issue.rule, issue.response, issue.expected 
FROM issue;

CREATE VIEW csp_rejected_row_v1 AS SELECT rejected_row.delivery_id, rejected_row.source_row 
FROM rejected_row;

CREATE VIEW csp_hold_v1 AS SELECT hold.id, hold.delivery_id, delivery.source, delivery.extent, delivery.file_name, hold.rule, hold.detail, hold.first_month, hold.last_month, hold.is_year_only, hold.raised_at, hold.released_at, hold.released_by, hold.released_because 
FROM hold JOIN delivery ON delivery.id = hold.delivery_id;
