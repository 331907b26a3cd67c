import { metricNamespace } from '../core/metric-namespace';
import { metricsPort } from '../core/ports';
import { containerUser } from './container-user';
import { capacityFile, configurationFolder } from './haproxy/paths';
import { machineWord } from './machine-words';

/** How an instance with acceleration devices gets at them, goes on in software where it cannot, and says which of the two it does; in Bash. */

/** Metric of a hardware tier's instance: 1 while it runs in software, or while nobody can tell. */
export const softwareMetric = 'HardwareTierInSoftware';

/** Folder of the two capacity files of a hardware tier; the one that applies is copied to where the container reads it. */
export const capacityFolder = '/etc/diptych/capacity';

/** Program that binds the devices and chooses the capacity file, before every start of the tier. */
export const chooseProgram = '/usr/local/lib/diptych/choose-acceleration';

/** Program that measures whether the devices work. */
export const reportProgram = '/usr/local/lib/diptych/report-acceleration';

/** Timer that runs it. */
export const reportTimer = 'diptych-acceleration';

/** What the container needs beside its other arguments to use the devices; memory that devices read may not be moved. */
export const deviceArguments: readonly string[] = ['--device=/dev/vfio', '--ulimit=memlock=-1:-1'];

const deviceIdentity = '0x8086:0x494[024]';

/** Restarts once with the kernel arguments without which no program may use a device; the script runs again after that. */
export const kernelArguments = `if ! grep --quiet --word-regexp 'intel_iommu=on' /proc/cmdline && [ ! -e /var/lib/diptych/restarted ]; then
  install -d -m 0755 /var/lib/diptych
  touch /var/lib/diptych/restarted
  install -m 0755 "$0" /var/lib/cloud/scripts/per-boot/diptych
  if command -v grubby; then
    grubby --update-kernel=ALL --args='intel_iommu=on iommu=pt'
  else
    echo "GRUB_CMDLINE_LINUX=\\"\\$GRUB_CMDLINE_LINUX intel_iommu=on iommu=pt\\"" >/etc/default/grub.d/90-diptych.cfg
    update-grub
  fi
  systemctl reboot
  exit 0
fi
rm --force /var/lib/cloud/scripts/per-boot/diptych`;

/**
 * Binds every virtual function of every device to user space; with none bound, the tier's capacity is that of software.
 *
 * The identities are those of Intel QuickAssist, fourth generation: 8086:4940, 4942 and 4944.
 */
export const chooseAcceleration = `#!/bin/bash
set -euo pipefail
shopt -s nullglob
bind_function() {
  local address
  address="$(basename "$(readlink --canonicalize "$1")")"
  echo vfio-pci >"$1/driver_override"
  if [ -e "$1/driver" ] && [ "$(basename "$(readlink --canonicalize "$1/driver")")" != vfio-pci ]; then
    echo "$address" >"$1/driver/unbind"
  fi
  echo "$address" >/sys/bus/pci/drivers_probe
}
bind_device() {
  if [ "$(cat "$1/sriov_numvfs")" -eq 0 ]; then
    cat "$1/sriov_totalvfs" >"$1/sriov_numvfs"
  fi
  local function
  for function in "$1"/virtfn*; do
    bind_function "$function"
  done
}
modprobe qat_4xxx || true
modprobe vfio-pci || true
install -d -m 0755 /dev/vfio
for device in /sys/bus/pci/devices/*; do
  if [[ "$(cat "$device/vendor"):$(cat "$device/device")" == ${deviceIdentity} ]]; then
    bind_device "$device" || echo "cannot use the device at $device" >&2
  fi
done
acceleration=software
for group in /dev/vfio/[0-9]*; do
  chown ${containerUser.uid}:${containerUser.gid} "$group"
  acceleration=hardware
done
echo "capacity: $acceleration"
install -m 0644 "${capacityFolder}/$acceleration.cfg" ${configurationFolder}/${capacityFile}`;

/**
 * Counts what the devices' firmware has done and what the tier has been asked: handshakes without work of the firmware ran in software.
 *
 * A device whose work cannot be counted is not known to work, and says so.
 *
 * @see https://docs.kernel.org/admin-guide/abi-testing.html debugfs-driver-qat, fw_counters, Linux 6.6 and later
 */
export function reportAcceleration(site: string, zone: string): string {
  return `#!/bin/bash
set -euo pipefail
state=/var/lib/diptych/acceleration
mountpoint --quiet /sys/kernel/debug || mount -t debugfs none /sys/kernel/debug
sum() { awk '{ for (field = 1; field <= NF; field++) total += $field } END { printf "%d", total }'; }
firmware="$({ cat /sys/kernel/debug/qat_*/fw_counters || true; } | tr --complement --squeeze-repeats '0-9' ' ' | sum)"
handshakes="$({ curl --silent --max-time 5 http://127.0.0.1:${metricsPort}/metrics || true; } | awk '$1 == "haproxy_process_ssl_connections_total" { print $2 }')"
read -r earlier_firmware earlier_handshakes <"$state" || true
echo "$firmware \${handshakes:-0}" >"$state"
software=0
if [ "$firmware" -eq 0 ]; then
  software=1
elif [ "\${handshakes:-0}" -gt "\${earlier_handshakes:-0}" ] && [ "$firmware" -eq "\${earlier_firmware:-0}" ]; then
  software=1
fi
aws cloudwatch put-metric-data --namespace ${metricNamespace} --metric-name ${softwareMetric} --value "$software" \\
  --dimensions Site=${machineWord(site)},Zone=${machineWord(zone)}`;
}

/** The unit and the timer of the report: once a minute. */
export function reportUnits(region: string): { service: string; timer: string } {
  return {
    service: `[Unit]
Description=Says whether the tier's acceleration devices work

[Service]
Type=oneshot
Environment=AWS_DEFAULT_REGION=${machineWord(region)}
StateDirectory=diptych
ExecStart=${reportProgram}`,
    timer: `[Unit]
Description=Says once a minute whether the tier's acceleration devices work

[Timer]
OnBootSec=60
OnUnitActiveSec=60

[Install]
WantedBy=timers.target`,
  };
}
