// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Transport protocols: numbers, ports, checksum places, checksum-preserving rewrites. */
#ifndef TAILWALK_L4_H
#define TAILWALK_L4_H

#include "eth.h"

#define IPPROTO_ICMP 1
#define IPPROTO_TCP 6
#define IPPROTO_UDP 17
#define IPPROTO_ICMPV6 58
#define IPPROTO_SCTP 132

#define L4_SPORT_OFF 0
#define L4_DPORT_OFF 2
#define TCP_FLAGS_OFF 12

/* Where a transport checksum stands, and how the helper must treat it; offset 0: there is none to mend. */
struct csum_offset {
	__u16 offset;
	__u16 flags;
};

static __always_inline struct csum_offset l4_csum_offset(__u8 nexthdr)
{
	struct csum_offset csum = {};

	switch (nexthdr) {
	case IPPROTO_TCP:
		csum.offset = 16;
		break;
	case IPPROTO_UDP:
		csum.offset = 6;
		csum.flags = BPF_F_MARK_MANGLED_0;
		break;
	case IPPROTO_ICMPV6:
		csum.offset = 2;
		break;
	}
	return csum;
}

/*
 * Mends the transport checksum for a change of IPv6 addresses, given as a csum_diff() result. Unlike IPv4 nobody asks
 * whether there is one: SCTP, which has none of this kind, gets its source port "mended", as in the original.
 */
static __always_inline int l4_csum_mend_addresses6(struct __sk_buff *ctx, int l4_off, struct csum_offset csum,
						   __s64 diff)
{
	if (l4_csum_replace(ctx, l4_off + csum.offset, 0, diff, BPF_F_PSEUDO_HDR | csum.flags) < 0)
		return DROP_CSUM_L4;
	return 0;
}

/* Mends the transport checksum, where there is one, for a change of IPv4 addresses. */
static __always_inline int l4_csum_mend_addresses4(struct __sk_buff *ctx, int l4_off, struct csum_offset csum,
						   __s64 diff)
{
	return csum.offset ? l4_csum_mend_addresses6(ctx, l4_off, csum, diff) : 0;
}

/* Replaces a port. SCTP's checksum covers the whole packet and cannot be mended: refused. */
static __always_inline int l4_modify_port(struct __sk_buff *ctx, int l4_off, int port_off, __u8 nexthdr,
					  __be16 old_port, __be16 new_port)
{
	struct csum_offset csum = l4_csum_offset(nexthdr);

	if (nexthdr == IPPROTO_SCTP)
		return DROP_CSUM_L4;
	if (csum.offset && l4_csum_replace(ctx, l4_off + csum.offset, old_port, new_port,
					   sizeof(new_port) | csum.flags) < 0)
		return DROP_CSUM_L4;
	if (skb_store_bytes(ctx, l4_off + port_off, &new_port, sizeof(new_port), 0) < 0)
		return DROP_WRITE_ERROR;
	return 0;
}

static __always_inline bool l4_has_ports(__u8 nexthdr)
{
	switch (nexthdr) {
	case IPPROTO_TCP:
	case IPPROTO_UDP:
#ifdef ENABLE_SCTP
	case IPPROTO_SCTP:
#endif
		return true;
	default:
		return false;
	}
}

static __always_inline bool l4_is_icmp(__u8 nexthdr)
{
	return nexthdr == IPPROTO_ICMP || nexthdr == IPPROTO_ICMPV6;
}

/* Writes a reply's source port back to the service's. ICMP has none, and that is no error. */
static __always_inline int l4_reverse_port(struct __sk_buff *ctx, int l4_off, __u8 nexthdr, __be16 service_port)
{
	__be16 old_port;
	long err;

	if (l4_is_icmp(nexthdr))
		return 0;
	if (!l4_has_ports(nexthdr))
		return DROP_UNKNOWN_L4;
	err = skb_load_bytes(ctx, l4_off + L4_SPORT_OFF, &old_port, sizeof(old_port));
	if (err < 0)
		return err;
	if (old_port == service_port)
		return 0;
	return l4_modify_port(ctx, l4_off, L4_SPORT_OFF, nexthdr, old_port, service_port);
}

#endif
