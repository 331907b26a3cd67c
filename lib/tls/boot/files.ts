import { endpointFileNames, tlsFolder } from '../haproxy/container';
import { tierEndpoints } from '../tier-site';
import { chooseAcceleration, chooseProgram, reportAcceleration, reportProgram, reportTimer, reportUnits } from './accelerator';
import { environmentFile, unitName } from './container';
import { boundEventLog, boundProgram, boundUnit, boundUnits } from './event-store';
import type { BootInput } from './input';
import { logGroupPlaceholder, shellWord } from './shell-word';
import { environmentLines, eventLogFile, requireFilesProgram, tierUnit } from './tier-unit';

const agentConfigurationFile = '/etc/diptych/log-shipping.json';
const agentControl = '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl';

/** Renders the commands that write a file from literal text, in which the shell expands nothing. */
function literalFile(path: string, mode: string, text: string): string {
  return [`cat >${path} <<'END'`, text.trimEnd(), 'END', `chmod ${mode} ${path}`].join('\n');
}

/** Renders a brace expansion of names; a single name needs no braces. */
function braceExpansion(names: readonly string[]): string {
  const words = names.map(shellWord);
  return words.length === 1 ? words.join() : `{${words.join(',')}}`;
}

/** Renders the script that fails and lists the files while any TLS file is missing. */
function requireFiles({ zone, tier }: BootInput): string {
  const files = tierEndpoints(zone).map(
    (endpoint) => `${shellWord(endpoint.id)}/${braceExpansion(endpointFileNames(endpoint, tier.profile.resumption.tickets))}`,
  );
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    `cd ${tlsFolder}`,
    'missing=0',
    `for file in ${files.join(' ')}; do`,
    '  if [ ! -s "$file" ]; then',
    '    echo "not there yet: $PWD/$file" >&2',
    '    missing=1',
    '  fi',
    'done',
    'exit "$missing"',
  ].join('\n');
}

/** Configuration of the CloudWatch agent, which ships the event log. */
function agentConfiguration(): string {
  const file = { file_path: eventLogFile, log_group_name: logGroupPlaceholder, log_stream_name: '{instance_id}', timezone: 'UTC' };
  return JSON.stringify({ logs: { logs_collected: { files: { collect_list: [file] } } } });
}

/** Files of instances with acceleration devices; empty for others. */
function accelerationFiles({ acceleration, site, region, zone, tier, image }: BootInput): string[] {
  if (!acceleration) return [];
  const { service, timer } = reportUnits(region);
  return [
    literalFile(chooseProgram, '0755', chooseAcceleration(tier, image)),
    literalFile(reportProgram, '0755', reportAcceleration(site, zone.id)),
    literalFile(`/etc/systemd/system/${reportTimer}.service`, '0644', service),
    literalFile(`/etc/systemd/system/${reportTimer}.timer`, '0644', timer),
  ];
}

/** Renders the section of the boot script that installs files, units and settings. */
export function installSection(request: BootInput): string {
  const { site, tier, image } = request;
  return [
    literalFile(requireFilesProgram, '0755', requireFiles(request)),
    `cat >${environmentFile} <<END\n${environmentLines(site)}END`,
    literalFile(`/etc/systemd/system/${unitName}.service`, '0644', tierUnit(tier, image)),
    literalFile(boundProgram, '0755', boundEventLog()),
    literalFile(`/etc/systemd/system/${boundUnit}.service`, '0644', boundUnits.service),
    literalFile(`/etc/systemd/system/${boundUnit}.timer`, '0644', boundUnits.timer),
    literalFile(agentConfigurationFile, '0644', agentConfiguration()),
    `${agentControl} -a fetch-config -m ec2 -s -c file:${agentConfigurationFile}`,
    // The container shares the host's network, so the host's sysctl decides about ports below 1024.
    literalFile('/etc/sysctl.d/90-diptych.conf', '0644', 'net.ipv4.ip_unprivileged_port_start = 0'),
    'sysctl --load=/etc/sysctl.d/90-diptych.conf',
    ...accelerationFiles(request),
  ].join('\n\n');
}
