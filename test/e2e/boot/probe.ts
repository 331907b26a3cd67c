import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { EndpointPlan } from '../../../lib/zones/plan-schema';
import type { Material } from './material';
import type { MachineRoot } from './root';

/** Folder of the client's files in a machine. */
export const clientFolder = '/stand-ins/client';

/**
 * Adds a client to a machine that shakes hands with every endpoint and fails if one does not answer.
 *
 * @param before - command to run first
 */
export function installProbe(root: MachineRoot, endpoints: readonly EndpointPlan[], material: Material, before: string): void {
  const files = { 'authority.crt': material.serverAuthority, 'client.crt': material.client.certificate, 'client.key': material.client.key };
  for (const [name, from] of Object.entries(files)) cpSync(from, join(root.folder, clientFolder, name), { recursive: true });
  root.write('stand-ins/probe', ['set -e', before, ...endpoints.map(handshake), ''].join('\n'));
}

function handshake({ id, port, serverNames: [name = ''] }: EndpointPlan): string {
  const trust = `-CAfile ${clientFolder}/authority.crt -verify_return_error -verify_hostname ${name}`;
  const identity = `-cert ${clientFolder}/client.crt -key ${clientFolder}/client.key`;
  const connect = `"$(cat /stand-ins/toolchain)/openssl" s_client -brief -connect 127.0.0.1:${port} -servername ${name}`;
  return `${connect} ${trust} ${identity} </dev/null && echo 'answered: ${id}'`;
}
