import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { resourceNames } from '../../domain/resource-names.ts';
import { operationsOnClaims } from '../claims/permissions.ts';
import { operationsOnDevices } from './on-devices.ts';
import { deviceEntrance } from '../onboarding/device-entrance.ts';
import { derivesFrom } from '../connections/master-keys.ts';
import type { OperationsReach } from './reach.ts';
import { operationsOnVendorCas } from './on-vendor-cas.ts';
import { readingRegistry, retiring } from '../reconciliation/permissions.ts';
import { partitionAccess, tableAccess } from '../table-access.ts';

/** What the operations function may do, by what it is for. Beside the hook and the activation, nobody else writes states. */
export const operationsPermissions = ({ table, auditLog, prefix, paths }: OperationsReach): readonly PolicyStatement[] => [
  ...records(table),
  forgetProposals(table),
  manufacturers(table),
  ...operationsOnDevices({ table, auditLog, prefix, paths }),
  ...operationsOnClaims({ table, prefix }),
  ...operationsOnVendorCas(table, prefix),
  ...readingRegistry(prefix),
  ...retiring(),
  ...deviceEntrance(prefix),
  derivesFrom([resourceNames(prefix).masterKeys]),
  registerInAdvance(),
];

// It has no resource that a policy could name (Service Authorization Reference, AWS IoT).
const registerInAdvance = (): PolicyStatement => new PolicyStatement({ actions: ['iot:RegisterCertificateWithoutCA'], resources: ['*'] });

const records = (table: Table): readonly PolicyStatement[] =>
  tableAccess(table, [
    'dynamodb:BatchGetItem',
    'dynamodb:ConditionCheckItem',
    'dynamodb:GetItem',
    'dynamodb:PutItem',
    'dynamodb:UpdateItem',
  ]);

// Nothing but a proposal is ever deleted: enrollments and claims stay on record.
const forgetProposals = (table: Table): PolicyStatement => partitionAccess(table, ['dynamodb:DeleteItem'], ['proposal#*']);

// Few items under one key: they are read together, and removed for good.
const manufacturers = (table: Table): PolicyStatement =>
  partitionAccess(table, ['dynamodb:Query', 'dynamodb:DeleteItem'], ['manufacturers']);
