// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Services of IPv6; included by lb.h. There is no loopback translation here. */
#ifndef TAILWALK_LB6_H
#define TAILWALK_LB6_H

#ifdef ENABLE_PER_PACKET_LB

/* The frontend a packet asks for. DROP_NO_SERVICE and DROP_UNKNOWN_L4 mean that its protocol has no services. */
static __always_inline int lb6_frontend_key(struct __sk_buff *ctx, const struct ipv6_ct_tuple *tuple, int l4_off,
					    struct lb6_key *key)
{
	long err;

	key->address = tuple->daddr;
	if (l4_is_icmp(tuple->nexthdr))
		return LB_ICMP_FRONTEND;
	if (!l4_has_ports(tuple->nexthdr))
		return DROP_UNKNOWN_L4;
	err = skb_load_bytes(ctx, l4_off + L4_DPORT_OFF, &key->dport, sizeof(key->dport));
	return err < 0 ? err : 0;
}

static __always_inline struct lb_service *lb6_service(const struct lb6_key *key)
{
	return map_lookup_elem(&cilium_lb6_services_v2, key);
}

/* The service a packet asks for. */
static __always_inline struct lb_service *lb6_frontend(struct lb6_key *key)
{
	struct lb_service *svc = lb6_service(key);

#ifdef ERA_WALKTHROUGH2020
	if (svc && svc->flags & SVC_FLAG_LOCAL_SCOPE) {
		key->scope = LB_LOOKUP_SCOPE_INT;
		svc = lb6_service(key);
	}
	/* Without backends it was no service: the packet went on to its address. */
	if (svc && !svc->count)
		svc = NULL;
#endif
	return svc;
}

static __always_inline struct lb6_backend *lb6_backend(struct __sk_buff *ctx, __u32 backend_id)
{
	struct lb6_backend *backend = map_lookup_elem(&cilium_lb6_backends_v2, &backend_id);

	if (!backend)
		cilium_dbg(ctx, DBG_LB6_LOOKUP_BACKEND_FAIL, backend_id, 0);
	return backend;
}

static __always_inline __u32 lb6_random_backend_id(struct __sk_buff *ctx, const struct lb6_key *frontend,
						   const struct lb_service *svc)
{
	struct lb6_key key = *frontend;
	struct lb_service *slot;

	key.backend_slot = lb_random_slot(svc);
	cilium_dbg(ctx, DBG_LB6_LOOKUP_BACKEND_SLOT, key.backend_slot, key.dport);
	slot = lb6_service(&key);
	if (!slot) {
		cilium_dbg(ctx, DBG_LB6_LOOKUP_BACKEND_SLOT_FAIL, key.backend_slot, key.dport);
		return 0;
	}
	return slot->backend_id;
}

#ifdef ENABLE_SESSION_AFFINITY
static __always_inline struct lb6_affinity_key lb6_affinity_key(union v6addr client, const struct lb_service *svc)
{
	return (struct lb6_affinity_key){ .client_ip = client, .rev_nat_id = svc->rev_nat_index };
}
#endif

/* A client's earlier backend, or 0. */
static __always_inline __u32 lb6_sticky_backend_id(union v6addr client, const struct lb_service *svc)
{
#ifdef ENABLE_SESSION_AFFINITY
	if (lb_svc_has_affinity(svc)) {
		struct lb6_affinity_key key = lb6_affinity_key(client, svc);

		return lb_affinity_backend(&cilium_lb6_affinity, &key, svc);
	}
#endif
	return 0;
}

/* Chooses the backend of a new connection and enters the connection; NULL when that fails. */
static __always_inline struct lb6_backend *lb6_open(struct __sk_buff *ctx, void *ct_map,
						    const struct ipv6_ct_tuple *tuple, const struct lb6_key *key,
						    const struct lb_service *svc, struct ct_state *state)
{
	__u32 backend_id = lb6_sticky_backend_id(tuple->saddr, svc);
	struct lb6_backend *backend = backend_id ? lb6_backend(ctx, backend_id) : NULL;

	if (!backend) {
		backend_id = lb6_random_backend_id(ctx, key, svc);
		backend = lb6_backend(ctx, backend_id);
		if (!backend)
			return NULL;
	}
	state->backend_id = backend_id;
	state->rev_nat_index = svc->rev_nat_index;
	return ct_create6(ctx, ct_map, NULL, tuple, CT_SERVICE, state, false, false) < 0 ? NULL : backend;
}

/*
 * The backend of a known connection. One that was made when its address belonged to another service gets a backend of
 * this one; so does one whose backend is gone, or takes no new connections and is asked for one. NULL: none left.
 */
static __always_inline struct lb6_backend *lb6_continue(struct __sk_buff *ctx, void *ct_map, const struct ipv6_ct_tuple *tuple,
							const struct lb6_key *key, const struct lb_service *svc,
							struct ct_state *state)
{
	const struct lb_service *again;
	struct lb6_backend *backend;

	if (!state->rev_nat_index) { /* of an older version: filled in */
		state->rev_nat_index = svc->rev_nat_index;
		lb_update_rev_nat_index(ct_map, tuple, state->rev_nat_index);
	}
	if (state->rev_nat_index != svc->rev_nat_index) {
		state->backend_id = lb6_sticky_backend_id(tuple->saddr, svc);
		if (!state->backend_id)
			state->backend_id = lb6_random_backend_id(ctx, key, svc);
		if (!state->backend_id)
			return NULL;
		lb_update_backend_id(ct_map, tuple, state->backend_id);
		state->rev_nat_index = svc->rev_nat_index;
		lb_update_rev_nat_index(ct_map, tuple, state->rev_nat_index);
	}
	backend = lb6_backend(ctx, state->backend_id);
	if (backend && !lb_backend_refuses(backend, state))
		return backend;
	again = lb6_service(key);
	if (!again || !again->count)
		return NULL;
	state->backend_id = lb6_random_backend_id(ctx, key, again);
	backend = lb6_backend(ctx, state->backend_id);
	if (backend)
		lb_update_backend_id(ct_map, tuple, state->backend_id);
	return backend;
}

/* Writes the backend's address and port into the packet. */
static __always_inline int lb6_xlate(struct __sk_buff *ctx, int l4_off, const struct ipv6_ct_tuple *tuple,
				     const struct lb6_key *key, const struct lb6_backend *backend)
{
	union v6addr old_daddr = key->address, new_daddr = backend->address;
	__be16 port = backend->port;
	__s64 diff;
	int ret;

	if (skb_store_bytes(ctx, ETH_HLEN + IPV6_DADDR_OFF, &new_daddr, sizeof(new_daddr), 0) < 0)
		return DROP_WRITE_ERROR;
	diff = csum_diff(&old_daddr, sizeof(old_daddr), &new_daddr, sizeof(new_daddr), 0);
	ret = l4_csum_mend_addresses6(ctx, l4_off, l4_csum_offset(tuple->nexthdr), diff);
	if (ret < 0)
		return ret;
	if (port && port != key->dport && !l4_is_icmp(tuple->nexthdr))
		return l4_modify_port(ctx, l4_off, L4_DPORT_OFF, tuple->nexthdr, key->dport, port);
	return 0;
}

/* Sends a packet to a backend of the service it asks for. */
static __always_inline int lb6_local(struct __sk_buff *ctx, int l4_off, struct ipv6_ct_tuple *tuple,
				     const struct lb6_key *key, const struct lb_service *svc, struct ct_state *state)
{
	void *ct_map = ct_map6(tuple);
	struct lb6_backend *backend;
	__u32 monitor;
	int ret;

	if (!svc->count)
		return DROP_NO_SERVICE;
	ret = ct_lookup6(ctx, ct_map, tuple, l4_off, CT_SERVICE, state, &monitor);
	if (ret < 0)
		return DROP_NO_SERVICE;
	backend = ret == CT_NEW ? lb6_open(ctx, ct_map, tuple, key, svc, state)
				: lb6_continue(ctx, ct_map, tuple, key, svc, state);
	if (!backend)
		return DROP_NO_SERVICE;
#ifdef ENABLE_SESSION_AFFINITY
	if (lb_svc_has_affinity(svc)) {
		struct lb6_affinity_key client = lb6_affinity_key(tuple->saddr, svc);

		lb_affinity_store(&cilium_lb6_affinity, &client, state->backend_id);
	}
#endif
	return lb6_xlate(ctx, l4_off, tuple, key, backend);
}

/* The per-packet service step on egress: what conntrack and policy will see is the backend. */
static __always_inline int lb6_translate(struct __sk_buff *ctx, const struct ipv6hdr *ip6, struct ct_state *state,
					 __u16 *proxy_port)
{
	struct ipv6_ct_tuple tuple = {
		.daddr = ip6->daddr,
		.saddr = ip6->saddr,
		.nexthdr = ip6->nexthdr,
	};
	struct lb6_key key = {};
	struct lb_service *svc;
	int l4_off, ret;

	ret = ipv6_hdrlen(ctx, &tuple.nexthdr);
	if (ret < 0)
		return ret;
	l4_off = ETH_HLEN + ret;
	ret = lb6_frontend_key(ctx, &tuple, l4_off, &key);
	if (ret == 0) {
		svc = lb6_frontend(&key);
		if (svc && lb_svc_is_l7(svc)) {
			*proxy_port = lb_svc_proxy_port(svc);
		} else if (svc) {
			ret = lb6_local(ctx, l4_off, &tuple, &key, svc, state);
			if (ret < 0)
				return ret;
		}
	} else if (ret != DROP_NO_SERVICE && ret != DROP_UNKNOWN_L4) {
		return ret;
	}
	return 0;
}

/* The same, leaving in the control block what the programs after conntrack need to know. */
static __always_inline int lb6_egress(struct __sk_buff *ctx, const struct ipv6hdr *ip6)
{
	struct ct_state state = {};
	__u16 proxy_port = 0;
	int ret = lb6_translate(ctx, ip6, &state, &proxy_port);

	if (ret < 0)
		return ret;
	ctx_store_meta(ctx, CB_PORT, (__u32)proxy_port << 16);
	ctx_store_meta(ctx, CB_BACKEND_ID, state.backend_id);
	ctx_store_meta(ctx, CB_CT_STATE, state.rev_nat_index);
	return 0;
}

#endif /* ENABLE_PER_PACKET_LB */

/* Gives a reply the service's address and port; see lb4_rev_nat(). */
static __always_inline int lb6_rev_nat(struct __sk_buff *ctx, int l4_off, __u8 nexthdr, const struct ct_state *state)
{
	__u16 index = state->rev_nat_index;
	struct lb6_reverse_nat *nat;
	union v6addr old_saddr, new_saddr;
	__s64 diff;
	int ret;

	cilium_dbg(ctx, DBG_LB6_REVERSE_NAT_LOOKUP, index, 0);
	nat = map_lookup_elem(&cilium_lb6_reverse_nat, &index);
	if (!nat)
		return 0;
	cilium_dbg(ctx, DBG_LB6_REVERSE_NAT, nat->address.p4, nat->port);
	if (nat->port) {
		ret = l4_reverse_port(ctx, l4_off, nexthdr, nat->port);
		if (ret < 0)
			return ret;
	}
	new_saddr = nat->address;
	if (skb_load_bytes(ctx, ETH_HLEN + IPV6_SADDR_OFF, &old_saddr, sizeof(old_saddr)) < 0)
		return DROP_INVALID;
	if (skb_store_bytes(ctx, ETH_HLEN + IPV6_SADDR_OFF, &new_saddr, sizeof(new_saddr), 0) < 0)
		return DROP_WRITE_ERROR;
	diff = csum_diff(&old_saddr, sizeof(old_saddr), &new_saddr, sizeof(new_saddr), 0);
	return l4_csum_mend_addresses6(ctx, l4_off, l4_csum_offset(nexthdr), diff);
}

/*
 * Reverse NAT of an IPv6 packet that conntrack knows. The header walk begins with the transport's protocol and so ends
 * where it begins: with extension headers the "port" is written into the first of them, as the original does.
 */
static __always_inline int rev_nat_ipv6(struct __sk_buff *ctx, __u8 nexthdr, const struct ct_state *ct_state)
{
	return lb6_rev_nat(ctx, ETH_HLEN + sizeof(struct ipv6hdr), nexthdr, ct_state);
}

#endif
