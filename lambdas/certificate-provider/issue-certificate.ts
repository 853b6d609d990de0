import type { CertificateId } from '../../domain/identifiers.ts';
import type { IssuanceTerms } from '../../domain/issuance/certificate-terms.ts';
import { allowancesFor } from '../../domain/issuance/issuance-allowances.ts';
import {
  AuthorityError,
  type CertificateSigning,
  type IssuanceBudget,
  type IssuedCertificates,
} from '../../domain/issuance/issuance-ports.ts';
import { refusalOfIssuance } from '../../domain/issuance/judge-issuance.ts';
import type { SigningRequest, SigningRequests } from '../../domain/issuance/signing-requests.ts';
import type { LineSettings } from '../../domain/line-settings.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import type { FaultLog } from '../middleware/fault-log.ts';
import type { Asked } from './asked.ts';

export interface Issuer {
  /** The approach whose devices ask for certificates. */
  readonly approach: string;
  readonly requests: SigningRequests;
  /** The settings of all its lines. */
  readonly lines: readonly LineSettings[];
  readonly terms: IssuanceTerms;
  readonly budget: IssuanceBudget;
  readonly issued: Pick<IssuedCertificates, 'note'>;
  readonly signing: CertificateSigning;
  readonly faults: FaultLog;
}

interface CertificateRequest extends Asked {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly principal: CertificateId;
  readonly csrPem: string;
  readonly signing: SigningRequest;
  readonly requestId: string;
}

interface Issued {
  readonly certificatePem: string;
  readonly certificateId: CertificateId;
}

/** Has a certificate issued, or says why not. It is counted before it is ordered: what is ordered is paid for, whatever comes of it. */
export const issueCertificate = async (issuer: Issuer, request: CertificateRequest, signal: AbortSignal): Promise<Issued | ReasonCode> => {
  const settings = issuer.lines.find(({ name }) => name === request.line);
  const terms = issuer.terms.lines.find(({ line }) => line === request.line);
  if (settings === undefined || terms === undefined) return 'unknown-principal';
  const { commonName, key } = request.signing;
  const { approach, requests } = issuer;
  const judged = { ...request, settings, approach, commonName, key, foresee: requests.foresee(key) };
  const reason = refusalOfIssuance(judged) ?? (await refusalOfBudget(issuer, request, signal));
  const { enrollment, csrPem, requestId, at: issuedAt } = request;
  if (reason !== undefined || enrollment === undefined) return reason ?? 'unknown-serial';
  try {
    const issued = identified(issuer, request, await issuer.signing.sign({ csrPem, terms, requestId }, signal));
    // Whatever becomes of it: what nobody takes into use is taken back at the authority.
    await issuer.issued.note({ ...issued, thingName: enrollment.thingName, issuedAt }, signal);
    return issued;
  } catch (error) {
    if (!(error instanceof AuthorityError)) throw error;
    issuer.faults.report(error);
    return 'authority-unavailable';
  }
};

const refusalOfBudget = async (
  { budget, terms }: Issuer,
  { enrollment, ...asked }: CertificateRequest,
  signal: AbortSignal,
): Promise<ReasonCode | undefined> => {
  const allowances = enrollment === undefined ? [] : allowancesFor({ ...asked, enrollment }, terms);
  for (const allowance of allowances) if (!(await budget.spend(allowance, signal))) return 'certificate-budget-spent';
  return undefined;
};

const identified = ({ requests }: Issuer, { signing }: CertificateRequest, certificatePem: string): Issued => {
  const certificateId = requests.identify(signing, certificatePem);
  if (certificateId === undefined) throw new AuthorityError('The authority answered a certificate that nobody asked for.');
  return { certificatePem, certificateId };
};
