import { claimsClose } from '../../../domain/operations/claims-close.ts';
import { claimsCreate } from '../../../domain/operations/claims-create.ts';
import { claimsList } from '../../../domain/operations/claims-list.ts';
import { claimsRecordField } from '../../../domain/operations/claims-record-field.ts';
import { claimsRotate } from '../../../domain/operations/claims-rotate.ts';
import { claimsShow } from '../../../domain/operations/claims-show.ts';
import { type BoundOperation, bind } from '../bound-operation.ts';
import type { ClaimResources } from './claim-resources.ts';
import { createClose } from './close.ts';
import { createCreate } from './create.ts';
import { createList } from './list.ts';
import { createRecordField } from './record-field.ts';
import { createRotate } from './rotate.ts';
import { createShow } from './show.ts';

/** What fulfils each operation on claims. */
export const createClaimPerformers = (resources: ClaimResources): readonly BoundOperation[] => [
  bind(claimsCreate, createCreate(resources)),
  bind(claimsList, createList(resources)),
  bind(claimsShow, createShow(resources)),
  bind(claimsClose, createClose(resources)),
  bind(claimsRotate, createRotate(resources)),
  bind(claimsRecordField, createRecordField(resources)),
];
