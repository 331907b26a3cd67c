import { healthPort } from '../core/ports';
import type { CloudZonePlan } from '../zones/plan-schema';
import { containerUser } from './container-user';
import {
  capacityFile,
  configurationFile,
  configurationFolder,
  endpointFileNames,
  endpointFolder,
  healthPath,
  tlsFolder,
} from './haproxy/paths';
import { logGroupPlaceholder, machineWord } from './machine-words';
import { tierEndpoints } from './plan';
import type { TierPlan } from './plan-schema';
import { environmentFile, environmentLines, eventLogFile, requireFilesProgram, tierUnit, unitName } from './tier-unit';

/** A file in a bucket, named by its content. */
export interface ContentNamedFile {
  readonly bucket: string;
  readonly key: string;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
}

/** What an instance of a tier has to know to become one. */
export interface BootRequest {
  readonly site: string;
  readonly region: string;
  readonly zone: CloudZonePlan;
  readonly tier: TierPlan;
  /** Repository and digest: `<repository>@sha256:<digits>`. */
  readonly image: string;
  readonly configuration: ContentNamedFile;
  readonly capacity: ContentNamedFile;
  /** Which resource waits for the instance's word. */
  readonly signal: { readonly stack: string; readonly resource: string; readonly timeoutSeconds: number };
}

const agentConfigurationFile = '/etc/diptych/log-shipping.json';
const agentControl = '/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl';

/** A file written from literal text: the shell expands nothing in it. */
function literalFile(path: string, mode: string, text: string): string {
  return [`cat >${path} <<'END'`, text.trimEnd(), 'END', `chmod ${mode} ${path}`].join('\n');
}

function signalling({ signal, region }: BootRequest): string {
  return `export AWS_DEFAULT_REGION=${machineWord(region)} AWS_RETRY_MODE=standard AWS_MAX_ATTEMPTS=5

token="$(curl --fail --silent --show-error --max-time 5 --retry 5 --request PUT \\
  --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' http://169.254.169.254/latest/api/token)"
instance="$(curl --fail --silent --show-error --max-time 5 --retry 5 \\
  --header "X-aws-ec2-metadata-token: \${token}" http://169.254.169.254/latest/meta-data/instance-id)"

signal() {
  aws cloudformation signal-resource --stack-name ${machineWord(signal.stack)} \\
    --logical-resource-id ${machineWord(signal.resource)} --unique-id "\${instance}" --status "$1" ||
    echo 'no deployment waits for this instance' >&2
}
report_failure() {
  local status=$?
  if [ "\${status}" -ne 0 ]; then
    echo "boot failed with status \${status}" >&2
    signal FAILURE
  fi
}
trap report_failure EXIT`;
}

function fetching({ configuration, capacity, zone }: BootRequest): string {
  const folders = tierEndpoints(zone).map(({ id }) => endpointFolder(machineWord(id)));
  const fetch = (file: ContentNamedFile, name: string): string =>
    `fetch s3://${machineWord(file.bucket)}/${machineWord(file.key)} ${configurationFolder}/${name} ${machineWord(file.digest)}`;
  return `install -d -m 0755 /etc/diptych ${configurationFolder} /usr/local/lib/diptych
install -d -m 0750 /var/log/diptych
install -d -m 0750 -o ${containerUser.uid} -g ${containerUser.gid} ${[tlsFolder, ...folders].join(' ')}

fetch() {
  aws s3 cp --only-show-errors "$1" "$2"
  echo "$3  $2" | sha256sum --check --quiet
  chmod 0644 "$2"
}
${fetch(configuration, configurationFile)}
${fetch(capacity, capacityFile)}`;
}

function requireFiles({ zone, tier }: BootRequest): string {
  const files = tierEndpoints(zone).flatMap((endpoint) =>
    endpointFileNames(endpoint, tier.profile.resumption.tickets).map(
      (name) => `${endpointFolder(machineWord(endpoint.id))}/${machineWord(name)}`,
    ),
  );
  return [
    '#!/bin/bash',
    'set -euo pipefail',
    'missing=0',
    `for file in ${files.join(' ')}; do`,
    '  if [ ! -s "$file" ]; then',
    '    echo "not there yet: $file" >&2',
    '    missing=1',
    '  fi',
    'done',
    'exit "$missing"',
  ].join('\n');
}

function agentConfiguration(): string {
  const file = { file_path: eventLogFile, log_group_name: logGroupPlaceholder, log_stream_name: '{instance_id}', timezone: 'UTC' };
  return JSON.stringify({ logs: { logs_collected: { files: { collect_list: [file] } } } });
}

const rotation = `${eventLogFile} {
  size 100M
  rotate 4
  copytruncate
  missingok
  notifempty
}`;

function installing(request: BootRequest): string {
  const { site, tier, image } = request;
  return [
    literalFile(requireFilesProgram, '0755', requireFiles(request)),
    `cat >${environmentFile} <<END\n${environmentLines(site)}END`,
    literalFile(`/etc/systemd/system/${unitName}.service`, '0644', tierUnit(tier, image)),
    literalFile('/etc/logrotate.d/diptych-tier', '0644', rotation),
    literalFile(agentConfigurationFile, '0644', agentConfiguration()),
    `${agentControl} -a fetch-config -m ec2 -s -c file:${agentConfigurationFile}`,
    // The container shares the host's network, so it is the host that lets it listen on low ports.
    literalFile('/etc/sysctl.d/90-diptych.conf', '0644', 'net.ipv4.ip_unprivileged_port_start = 0'),
    'sysctl --load=/etc/sysctl.d/90-diptych.conf',
  ].join('\n\n');
}

function starting({ image, region, signal }: BootRequest): string {
  const registry = machineWord(image.slice(0, image.indexOf('/')));
  return `aws ecr get-login-password --region ${machineWord(region)} | podman login --username AWS --password-stdin ${registry}
podman pull ${machineWord(image)}
podman logout ${registry}

systemctl daemon-reload
systemctl enable ${unitName}.service
systemctl start --no-block ${unitName}.service

deadline=$((SECONDS + ${machineWord(signal.timeoutSeconds)}))
until curl --fail --silent --output /dev/null --max-time 2 http://127.0.0.1:${healthPort}${healthPath}; do
  if [ "\${SECONDS}" -ge "\${deadline}" ]; then
    echo 'the tier does not answer health checks' >&2
    systemctl status --no-pager ${unitName}.service >&2 || true
    exit 1
  fi
  echo 'the tier does not answer health checks yet' >&2
  sleep 10
done
signal SUCCESS`;
}

/**
 * What an instance of a tier runs at its first boot, in Bash: files by content, the image by digest, a unit; then its word to the deployment.
 *
 * It holds {@link logGroupPlaceholder} once, for who knows the log group.
 *
 * @throws {RangeError} for a text that is not one word
 */
export function userData(request: BootRequest): string {
  const { zone, site } = request;
  return [
    '#!/bin/bash',
    `# Makes this instance one of the termination tier of zone ${machineWord(zone.id)} at site ${machineWord(site)}.`,
    'set -euo pipefail',
    '',
    signalling(request),
    '',
    fetching(request),
    '',
    installing(request),
    '',
    starting(request),
    '',
  ].join('\n');
}
