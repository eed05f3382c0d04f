// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* IPv4: header, fragments, the ports of a datagram's later fragments. */
#ifndef TAILWALK_IPV4_H
#define TAILWALK_IPV4_H

#include "conntrack_defs.h"
#include "l4.h"
#include "maps.h"
#include "metrics.h"

struct iphdr {
	__u8 ihl : 4, version : 4;
	__u8 tos;
	__be16 tot_len;
	__be16 id;
	__be16 frag_off;
	__u8 ttl;
	__u8 protocol;
	__u16 check;
	__be32 saddr;
	__be32 daddr;
};

#define IPV4_TTL_OFF 8
#define IPV4_CSUM_OFF 10
#define IPV4_SADDR_OFF 12
#define IPV4_DADDR_OFF 16

#define IPV4_FRAG_MASK 0x3FFF   /* more fragments, or an offset */
#define IPV4_OFFSET_MASK 0x1FFF /* an offset: not the first fragment */

/* NULL if the frame is shorter than Ethernet and a fixed IPv4 header. */
static __always_inline struct iphdr *ipv4_header(struct __sk_buff *ctx)
{
	void *data = ctx_pull(ctx, ETH_HLEN + sizeof(struct iphdr));

	return data ? data + ETH_HLEN : NULL;
}

static __always_inline int ipv4_l4_off(const struct iphdr *ip4)
{
	return ETH_HLEN + ip4->ihl * 4;
}

static __always_inline bool ipv4_is_fragment(const struct iphdr *ip4)
{
	return ip4->frag_off & bpf_htons(IPV4_FRAG_MASK);
}

static __always_inline bool ipv4_has_l4_header(const struct iphdr *ip4)
{
	return !(ip4->frag_off & bpf_htons(IPV4_OFFSET_MASK));
}

/* Whether translation takes it to be there: in 2020 nobody asked. */
static __always_inline bool ipv4_expects_l4_header(const struct iphdr *ip4)
{
#ifdef ERA_WALKTHROUGH2020
	return true;
#else
	return ipv4_has_l4_header(ip4);
#endif
}

#ifdef ENABLE_IPV4_FRAGMENTS
/*
 * The four bytes of ports of a datagram, whichever of its fragments this is. A first fragment's ports are remembered
 * for the later ones. The helper's own errno is returned when they cannot be read.
 */
static __always_inline int ipv4_datagram_ports(struct __sk_buff *ctx, const struct iphdr *ip4, int l4_off,
					       const enum ct_dir dir, struct ipv4_frag_l4ports *ports)
{
	bool is_fragment = ipv4_is_fragment(ip4);
	bool is_later = !ipv4_has_l4_header(ip4);
	struct ipv4_frag_id frag_id = {
		.daddr = ip4->daddr,
		.saddr = ip4->saddr,
		.id = ip4->id,
		.proto = ip4->protocol,
	};
	long err;

	if (is_fragment) {
		count_fragment(ctx, dir, REASON_FRAG_PACKET);
		if (is_later) {
			struct ipv4_frag_l4ports *known = map_lookup_elem(&cilium_ipv4_frag_datagrams, &frag_id);

			if (!known)
				return DROP_FRAG_NOT_FOUND;
			*ports = *known;
			return 0;
		}
	}

	err = skb_load_bytes(ctx, l4_off, ports, sizeof(*ports));
	if (err < 0)
		return err;
	if (is_fragment && map_update_elem(&cilium_ipv4_frag_datagrams, &frag_id, ports, BPF_ANY) < 0)
		count_fragment(ctx, dir, REASON_FRAG_PACKET_UPDATE);
	return 0;
}
#endif

#endif
