import type { OperationContract } from '../operation.ts';
import { auditAddress } from './audit-address.ts';
import { auditSearch } from './audit-search.ts';
import { auditTail } from './audit-tail.ts';
import { claimsClose } from './claims-close.ts';
import { claimsCreate } from './claims-create.ts';
import { claimsList } from './claims-list.ts';
import { claimsRecordField } from './claims-record-field.ts';
import { claimsRotate } from './claims-rotate.ts';
import { claimsShow } from './claims-show.ts';
import { devicesApprove } from './devices-approve.ts';
import { devicesConfirm } from './devices-confirm.ts';
import { devicesDecommission } from './devices-decommission.ts';
import { devicesExplain } from './devices-explain.ts';
import { devicesImport } from './devices-import.ts';
import { devicesImportFinish } from './devices-import-finish.ts';
import { devicesList } from './devices-list.ts';
import { devicesQuarantine } from './devices-quarantine.ts';
import { devicesReadmit } from './devices-readmit.ts';
import { devicesRecover } from './devices-recover.ts';
import { devicesRelease } from './devices-release.ts';
import { devicesResolve } from './devices-resolve.ts';
import { devicesRevoke } from './devices-revoke.ts';
import { devicesRotate } from './devices-rotate.ts';
import { devicesShow } from './devices-show.ts';
import { devicesTransfer } from './devices-transfer.ts';
import { keysIssue } from './keys-issue.ts';
import { manufacturersAdd } from './manufacturers-add.ts';
import { manufacturersDistrustCa } from './manufacturers-distrust-ca.ts';
import { manufacturersList } from './manufacturers-list.ts';
import { manufacturersRemove } from './manufacturers-remove.ts';
import { manufacturersTrustCa } from './manufacturers-trust-ca.ts';
import { reconciliationRun } from './reconciliation-run.ts';
import { rotationHalt } from './rotation-halt.ts';
import { rotationResume } from './rotation-resume.ts';
import { rotationShow } from './rotation-show.ts';
import { rotationStart } from './rotation-start.ts';

/** Every operation that there is: one line each. */
export const operations: readonly OperationContract[] = [
  devicesShow,
  devicesList,
  devicesExplain,
  devicesApprove,
  devicesConfirm,
  devicesReadmit,
  devicesResolve,
  devicesQuarantine,
  devicesRelease,
  devicesRecover,
  devicesRevoke,
  devicesRotate,
  devicesTransfer,
  devicesDecommission,
  auditTail,
  auditSearch,
  auditAddress,
  claimsCreate,
  claimsList,
  claimsShow,
  claimsClose,
  claimsRotate,
  claimsRecordField,
  devicesImport,
  devicesImportFinish,
  keysIssue,
  manufacturersAdd,
  manufacturersList,
  manufacturersRemove,
  manufacturersTrustCa,
  manufacturersDistrustCa,
  reconciliationRun,
  rotationShow,
  rotationStart,
  rotationHalt,
  rotationResume,
];
