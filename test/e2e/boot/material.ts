import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateFiles, endpointFiles } from '../../../lib/tls/haproxy/container';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import { StandInAuthority, ticketKeys } from '../../support/certificates';

/** Key material of an endpoint and of its client. */
export interface Material {
  /** One folder per endpoint, with the files that its tier expects. */
  readonly tls: string;
  /** Certificate that the client trusts. */
  readonly serverAuthority: string;
  readonly client: { readonly certificate: string; readonly key: string };
}

/** Creates the key material of a zone's endpoints in a folder. */
export async function makeMaterial(folder: string, endpoints: readonly EndpointPlan[]): Promise<Material> {
  await mkdir(folder, { recursive: true });
  const server = await StandInAuthority.create(folder, 'server');
  const clients = await StandInAuthority.create(folder, 'clients');
  const revocationList = await clients.revocationList();
  for (const endpoint of endpoints) {
    const own = join(folder, 'tls', endpoint.id);
    await mkdir(own, { recursive: true });
    for (const algorithm of endpoint.keyAlgorithms) {
      const pair = await server.issue({ name: `${endpoint.id}-${algorithm}`, serverNames: endpoint.serverNames, algorithm });
      const names = certificateFiles(endpoint, algorithm);
      await copyFile(pair.certificate, join(own, names.certificate));
      await copyFile(pair.key, join(own, names.key));
    }
    await copyFile(clients.pair.certificate, join(own, endpointFiles.clientAuthority));
    await copyFile(server.pair.certificate, join(own, endpointFiles.backendAuthority));
    await writeFile(join(own, endpointFiles.revocationList), revocationList);
    await writeFile(join(own, endpointFiles.ticketKeys), ticketKeys());
  }
  return { tls: join(folder, 'tls'), serverAuthority: server.pair.certificate, client: await clients.issue({ name: 'client' }) };
}
