import { DescribeCACertificateCommand, RegisterCACertificateCommand } from '@aws-sdk/client-iot';
import { createIotVendorCaAuthority } from '../../../aws/iot/vendor-ca-authority.ts';
import { type VendorCaRegistration } from '../../../domain/vendor-ca.ts';
import { aVendorCa, anIDevId } from '../../builders/vendor.ts';
import { type TestControlPlane, startControlPlane } from '../../local/iot/control-plane/test-control-plane.ts';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

const authority = (prefix = 'muster') => createIotVendorCaAuthority(plane.iot, prefix);
const request = (certificatePem: string, verificationPem?: string) => ({ certificatePem, verificationPem });

const idIn = (registration: VendorCaRegistration) => {
  if ('id' in registration) return registration.id;
  throw new Error(registration.why);
};

const standingOf = async (certificateId: string) => {
  const { certificateDescription: found } = await plane.iot.send(new DescribeCACertificateCommand({ certificateId }));
  return { status: found?.status, auto: found?.autoRegistrationStatus, mode: found?.certificateMode };
};

describe('A vendor’s CA at AWS IoT', () => {
  test('is registered inactive, trusted, distrusted and forgotten', async () => {
    const { pem } = await aVendorCa();
    const id = idIn(await authority().register(request(pem)));
    expect(await standingOf(id)).toEqual({ status: 'INACTIVE', auto: 'DISABLE', mode: 'SNI_ONLY' });
    await authority().setTrusted(id, true);
    expect(await standingOf(id)).toMatchObject({ status: 'ACTIVE', auto: 'ENABLE' });
    await authority().setTrusted(id, false);
    expect(await standingOf(id)).toMatchObject({ status: 'INACTIVE', auto: 'DISABLE' });
    await authority().remove(id);
    await authority().remove(id);
    await expect(standingOf(id)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  test('is ours when it is registered again, and another deployment’s to others', async () => {
    const { pem } = await aVendorCa();
    const first = await authority().register(request(pem));
    expect(await authority().register(request(pem))).toEqual({ outcome: 'ours', id: idIn(first) });
    expect(await authority('other').register(request(pem))).toMatchObject({ outcome: 'foreign' });
  });

  test('stays another application’s that registered it', async () => {
    const { pem } = await aVendorCa();
    await plane.iot.send(new RegisterCACertificateCommand({ caCertificate: pem, certificateMode: 'SNI_ONLY' }));
    expect(await authority().register(request(pem))).toMatchObject({ outcome: 'foreign' });
  });

  test('is not taken with a verification by somebody else, or where it is no CA', async () => {
    const [ca, other] = [await aVendorCa(), await aVendorCa()];
    const verification = await anIDevId(other, 'SN-1');
    expect(await authority().register(request(ca.pem, verification.pem))).toMatchObject({ outcome: 'invalid' });
    expect(await authority().register(request((await anIDevId(ca, 'SN-1')).pem))).toMatchObject({ outcome: 'invalid' });
  });
});
