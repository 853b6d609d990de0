import { auditAddress } from '../../domain/operations/audit-address.ts';
import { auditSearch } from '../../domain/operations/audit-search.ts';
import { auditTail } from '../../domain/operations/audit-tail.ts';
import { devicesApprove } from '../../domain/operations/devices-approve.ts';
import { devicesConfirm } from '../../domain/operations/devices-confirm.ts';
import { devicesDecommission } from '../../domain/operations/devices-decommission.ts';
import { devicesExplain } from '../../domain/operations/devices-explain.ts';
import { devicesImport } from '../../domain/operations/devices-import.ts';
import { devicesImportFinish } from '../../domain/operations/devices-import-finish.ts';
import { devicesList } from '../../domain/operations/devices-list.ts';
import { devicesQuarantine } from '../../domain/operations/devices-quarantine.ts';
import { devicesReadmit } from '../../domain/operations/devices-readmit.ts';
import { devicesRecover } from '../../domain/operations/devices-recover.ts';
import { devicesRelease } from '../../domain/operations/devices-release.ts';
import { devicesResolve } from '../../domain/operations/devices-resolve.ts';
import { devicesRevoke } from '../../domain/operations/devices-revoke.ts';
import { devicesRotate } from '../../domain/operations/devices-rotate.ts';
import { devicesShow } from '../../domain/operations/devices-show.ts';
import { devicesTransfer } from '../../domain/operations/devices-transfer.ts';
import { keysIssue } from '../../domain/operations/keys-issue.ts';
import { manufacturersAdd } from '../../domain/operations/manufacturers-add.ts';
import { manufacturersDistrustCa } from '../../domain/operations/manufacturers-distrust-ca.ts';
import { manufacturersList } from '../../domain/operations/manufacturers-list.ts';
import { manufacturersRemove } from '../../domain/operations/manufacturers-remove.ts';
import { manufacturersTrustCa } from '../../domain/operations/manufacturers-trust-ca.ts';
import { reconciliationRun } from '../../domain/operations/reconciliation-run.ts';
import { rotationHalt } from '../../domain/operations/rotation-halt.ts';
import { rotationResume } from '../../domain/operations/rotation-resume.ts';
import { rotationShow } from '../../domain/operations/rotation-show.ts';
import { rotationStart } from '../../domain/operations/rotation-start.ts';
import { type BoundOperation, bind } from './bound-operation.ts';
import { createAddress } from './audit/address.ts';
import { createSearch } from './audit/search.ts';
import { createTail } from './audit/tail.ts';
import { createClaimPerformers } from './claims/claim-performers.ts';
import { createApprove } from './devices/approve.ts';
import { createConfirm } from './devices/confirm.ts';
import { createDecommission } from './devices/decommission.ts';
import { createExplain } from './devices/explain.ts';
import { createList } from './devices/list.ts';
import { createQuarantine } from './devices/quarantine.ts';
import { createReadmit } from './devices/readmit.ts';
import { createRecover } from './devices/recover.ts';
import { createRelease } from './devices/release.ts';
import { createResolve } from './devices/resolve.ts';
import { createRevoke } from './devices/revoke.ts';
import { createRotate } from './devices/rotate.ts';
import { createShow } from './devices/show.ts';
import { createTransfer } from './devices/transfer.ts';
import { createImport } from './imports/import.ts';
import { createImportFinish } from './imports/import-finish.ts';
import { createIssue } from './keys/issue.ts';
import { createAddManufacturer } from './manufacturers/add.ts';
import { createDistrustCa } from './manufacturers/distrust-ca.ts';
import { createListManufacturers } from './manufacturers/list.ts';
import { createRemoveManufacturer } from './manufacturers/remove.ts';
import { createTrustCa } from './manufacturers/trust-ca.ts';
import type { OperationResources } from './operation-resources.ts';
import { createRun } from './reconciliation/run.ts';
import { createHaltRotation } from './rotation/halt.ts';
import { createResumeRotation } from './rotation/resume.ts';
import { createShowRotation } from './rotation/show.ts';
import { createStartRotation } from './rotation/start.ts';

/** What fulfils each operation: one line each. */
export const createPerformers = (resources: OperationResources): readonly BoundOperation[] => [
  bind(devicesShow, createShow(resources)),
  bind(devicesList, createList(resources)),
  bind(devicesExplain, createExplain(resources)),
  bind(devicesApprove, createApprove(resources)),
  bind(devicesConfirm, createConfirm(resources)),
  bind(devicesReadmit, createReadmit(resources)),
  bind(devicesResolve, createResolve(resources)),
  bind(devicesQuarantine, createQuarantine(resources)),
  bind(devicesRelease, createRelease(resources)),
  bind(devicesRecover, createRecover(resources)),
  bind(devicesRevoke, createRevoke(resources)),
  bind(devicesRotate, createRotate(resources)),
  bind(devicesTransfer, createTransfer(resources)),
  bind(devicesDecommission, createDecommission(resources)),
  bind(auditTail, createTail(resources)),
  bind(auditSearch, createSearch(resources)),
  bind(auditAddress, createAddress(resources)),
  ...createClaimPerformers(resources.claimResources),
  bind(devicesImport, createImport(resources)),
  bind(devicesImportFinish, createImportFinish(resources)),
  bind(keysIssue, createIssue(resources)),
  bind(manufacturersAdd, createAddManufacturer(resources)),
  bind(manufacturersList, createListManufacturers(resources)),
  bind(manufacturersRemove, createRemoveManufacturer(resources)),
  bind(manufacturersTrustCa, createTrustCa(resources)),
  bind(manufacturersDistrustCa, createDistrustCa(resources)),
  bind(reconciliationRun, createRun(resources)),
  bind(rotationShow, createShowRotation(resources)),
  bind(rotationStart, createStartRotation(resources)),
  bind(rotationHalt, createHaltRotation(resources)),
  bind(rotationResume, createResumeRotation(resources)),
];
