import { createHash, X509Certificate } from 'node:crypto';
import * as z from 'zod/mini';
import type { Announcement, AnnouncementStore } from '../../domain/admission/announcement.ts';
import { type CertificateId, certificateId, vendorCaId } from '../../domain/identifiers.ts';
import type { Placement } from '../../domain/admission/placement.ts';
import type { DeviceCertificates, DevicePlacing, KnownCertificate } from '../../domain/registry-ports.ts';
import type { VendorCa, VendorCaAuthority, VendorCaStore } from '../../domain/vendor-ca.ts';

/** What AWS IoT calls a certificate. */
export const idOf = (pem: string): CertificateId =>
  z.parse(certificateId, createHash('sha256').update(new X509Certificate(pem).raw).digest('hex'));

/** What AWS IoT knows of devices that come with certificates of their own, in memory; the call of the number `failsAt`, from one, is refused. */
export const entranceCloud = () => {
  const known = new Map<CertificateId, KnownCertificate>();
  const placed: Placement[] = [];
  const calls: string[] = [];
  const state: { failsAt: number | undefined } = { failsAt: undefined };
  const call = (name: string): Promise<void> => {
    calls.push(name);
    return calls.length === state.failsAt ? Promise.reject(new Error(`AWS IoT is not in the mood to ${name}`)) : Promise.resolve();
  };
  const add = (pem: string, more: Partial<KnownCertificate>): KnownCertificate => {
    const id = idOf(pem);
    const certificate: KnownCertificate = { certificateId: id, arn: `arn:${id}`, certificatePem: pem, status: 'INACTIVE', ...more };
    known.set(id, certificate);
    return certificate;
  };
  const certificates: DeviceCertificates = {
    find: async (id) => {
      await call('describe');
      return known.get(id);
    },
    register: async (pem) => {
      await call('register');
      if (!known.has(idOf(pem))) add(pem, {});
    },
    activate: async (id) => {
      await call('activate');
      const found = known.get(id);
      if (found === undefined) throw new Error('There is no such certificate.');
      known.set(id, { ...found, status: 'ACTIVE' });
    },
  };
  const placing: DevicePlacing = {
    place: async (placement) => {
      await call('place');
      placed.push(placement);
    },
    bind: () => call('bind'),
    register: () => call('register the thing'),
  };
  return { certificates, placing, known, placed, calls, state, add };
};

export const inMemoryVendorCaStore = (...first: readonly VendorCa[]): VendorCaStore => {
  const cas = new Map(first.map((ca) => [ca.id, ca]));
  return {
    read: (id) => Promise.resolve(cas.get(id)),
    put: (ca) => {
      cas.set(ca.id, ca);
      return Promise.resolve();
    },
    list: () => Promise.resolve([...cas.values()]),
  };
};

export const inMemoryAnnouncementStore = (): AnnouncementStore => {
  const kept = new Map<CertificateId, Announcement>();
  return {
    read: (certificate) => Promise.resolve(kept.get(certificate)),
    count: (certificate, at, refusal) => {
      const { count = 0, firstAt = at } = kept.get(certificate) ?? {};
      kept.set(certificate, { ...refusal, certificateId: certificate, count: count + 1, firstAt, lastAt: at });
      return Promise.resolve();
    },
  };
};

/** Vendor CAs at AWS IoT, in memory, each with whether its certificates are let in. */
export const vendorCaAuthority = (): VendorCaAuthority & { readonly trusted: Map<string, boolean> } => {
  const trusted = new Map<string, boolean>();
  return {
    trusted,
    register: ({ certificatePem }) => {
      const id = z.parse(vendorCaId, idOf(certificatePem));
      if (trusted.has(id)) return Promise.resolve({ outcome: 'ours', id });
      trusted.set(id, false);
      return Promise.resolve({ outcome: 'registered', id });
    },
    setTrusted: (id, isTrusted) => {
      trusted.set(id, isTrusted);
      return Promise.resolve();
    },
    remove: (id) => {
      trusted.delete(id);
      return Promise.resolve();
    },
  };
};
