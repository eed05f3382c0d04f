// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/* Services of IPv4; included by lb.h. */
#ifndef TAILWALK_LB4_H
#define TAILWALK_LB4_H

#ifdef ENABLE_PER_PACKET_LB

/* The frontend a packet asks for. DROP_NO_SERVICE and DROP_UNKNOWN_L4 mean that its protocol has no services. */
static __always_inline int lb4_frontend_key(struct __sk_buff *ctx, const struct iphdr *ip4, int l4_off,
					    struct lb4_key *key)
{
	long err;

	key->address = ip4->daddr;
	if (l4_is_icmp(ip4->protocol))
		return LB_ICMP_FRONTEND;
	if (!l4_has_ports(ip4->protocol))
		return DROP_UNKNOWN_L4;
#ifdef ENABLE_IPV4_FRAGMENTS
	struct ipv4_frag_l4ports ports;

	err = ipv4_datagram_ports(ctx, ip4, l4_off, CT_EGRESS, &ports);
	key->dport = ports.dport;
#else
	err = skb_load_bytes(ctx, l4_off + L4_DPORT_OFF, &key->dport, sizeof(key->dport));
#endif
	return err < 0 ? err : 0;
}

static __always_inline struct lb_service *lb4_service(const struct lb4_key *key)
{
	return map_lookup_elem(&cilium_lb4_services_v2, key);
}

/* The service a packet asks for. */
static __always_inline struct lb_service *lb4_frontend(struct lb4_key *key)
{
	struct lb_service *svc = lb4_service(key);

#ifdef ERA_WALKTHROUGH2020
	if (svc && svc->flags & SVC_FLAG_LOCAL_SCOPE) {
		key->scope = LB_LOOKUP_SCOPE_INT;
		svc = lb4_service(key);
	}
	/* Without backends it was no service: the packet went on to its address. */
	if (svc && !svc->count)
		svc = NULL;
#endif
	return svc;
}

static __always_inline struct lb4_backend *lb4_backend(struct __sk_buff *ctx, __u32 backend_id)
{
	struct lb4_backend *backend = map_lookup_elem(&cilium_lb4_backends_v2, &backend_id);

	if (!backend)
		cilium_dbg(ctx, DBG_LB4_LOOKUP_BACKEND_FAIL, backend_id, 0);
	return backend;
}

static __always_inline __u32 lb4_random_backend_id(struct __sk_buff *ctx, const struct lb4_key *frontend,
						   const struct lb_service *svc)
{
	struct lb4_key key = *frontend;
	struct lb_service *slot;

	key.backend_slot = lb_random_slot(svc);
	cilium_dbg(ctx, DBG_LB4_LOOKUP_BACKEND_SLOT, key.backend_slot, key.dport);
	slot = lb4_service(&key);
	if (!slot) {
		cilium_dbg(ctx, DBG_LB4_LOOKUP_BACKEND_SLOT_FAIL, key.backend_slot, key.dport);
		return 0;
	}
	return slot->backend_id;
}

#ifdef ENABLE_SESSION_AFFINITY
static __always_inline struct lb4_affinity_key lb4_affinity_key(__be32 client, const struct lb_service *svc)
{
	return (struct lb4_affinity_key){ .client_ip = client, .rev_nat_id = svc->rev_nat_index };
}
#endif

/* A client's earlier backend, or 0. */
static __always_inline __u32 lb4_sticky_backend_id(__be32 client, const struct lb_service *svc)
{
#ifdef ENABLE_SESSION_AFFINITY
	if (lb_svc_has_affinity(svc)) {
		struct lb4_affinity_key key = lb4_affinity_key(client, svc);

		return lb_affinity_backend(&cilium_lb4_affinity, &key, svc);
	}
#endif
	return 0;
}

/* Chooses the backend of a new connection and enters the connection; NULL when that fails. */
static __always_inline struct lb4_backend *lb4_open(struct __sk_buff *ctx, void *ct_map,
						    struct ipv4_ct_tuple *tuple, const struct lb4_key *key,
						    const struct lb_service *svc, struct ct_state *state)
{
	__u32 backend_id = lb4_sticky_backend_id(tuple->saddr, svc);
	struct lb4_backend *backend = backend_id ? lb4_backend(ctx, backend_id) : NULL;

	if (!backend) {
		backend_id = lb4_random_backend_id(ctx, key, svc);
		backend = lb4_backend(ctx, backend_id);
		if (!backend)
			return NULL;
	}
	state->backend_id = backend_id;
	state->rev_nat_index = svc->rev_nat_index;
	return ct_create4(ctx, ct_map, NULL, tuple, CT_SERVICE, state, false, false) < 0 ? NULL : backend;
}

/*
 * The backend of a known connection. One that was made when its address belonged to another service gets a backend of
 * this one; so does one whose backend is gone, or takes no new connections and is asked for one. NULL: none left.
 */
static __always_inline struct lb4_backend *lb4_continue(struct __sk_buff *ctx, void *ct_map, const struct ipv4_ct_tuple *tuple,
							const struct lb4_key *key, const struct lb_service *svc,
							struct ct_state *state)
{
	const struct lb_service *again;
	struct lb4_backend *backend;

	if (!state->rev_nat_index) { /* of an older version: filled in */
		state->rev_nat_index = svc->rev_nat_index;
		lb_update_rev_nat_index(ct_map, tuple, state->rev_nat_index);
	}
	if (state->rev_nat_index != svc->rev_nat_index) {
		state->backend_id = lb4_sticky_backend_id(tuple->saddr, svc);
		if (!state->backend_id)
			state->backend_id = lb4_random_backend_id(ctx, key, svc);
		if (!state->backend_id)
			return NULL;
		lb_update_backend_id(ct_map, tuple, state->backend_id);
		state->rev_nat_index = svc->rev_nat_index;
		lb_update_rev_nat_index(ct_map, tuple, state->rev_nat_index);
	}
	backend = lb4_backend(ctx, state->backend_id);
	if (backend && !lb_backend_refuses(backend, state))
		return backend;
	again = lb4_service(key);
	if (!again || !again->count)
		return NULL;
	state->backend_id = lb4_random_backend_id(ctx, key, again);
	backend = lb4_backend(ctx, state->backend_id);
	if (backend)
		lb_update_backend_id(ct_map, tuple, state->backend_id);
	return backend;
}

/* Writes the backend's address and port into the packet, and for a looped-back connection the loopback address. */
static __always_inline int lb4_xlate(struct __sk_buff *ctx, int l4_off, const struct ipv4_ct_tuple *tuple,
				     const struct lb4_key *key, const struct lb4_backend *backend, __be32 new_saddr,
				     bool has_l4)
{
	__be32 old_daddr = key->address, new_daddr = backend->address, old_saddr = tuple->saddr;
	__be16 port = backend->port;
	__s64 diff;
	int ret;

	if (skb_store_bytes(ctx, ETH_HLEN + IPV4_DADDR_OFF, &new_daddr, sizeof(new_daddr), 0) < 0)
		return DROP_WRITE_ERROR;
	diff = csum_diff(&old_daddr, sizeof(old_daddr), &new_daddr, sizeof(new_daddr), 0);
	if (new_saddr) {
		cilium_dbg(ctx, DBG_LB4_LOOPBACK_SNAT, old_saddr, new_saddr);
		if (skb_store_bytes(ctx, ETH_HLEN + IPV4_SADDR_OFF, &new_saddr, sizeof(new_saddr), 0) < 0)
			return DROP_WRITE_ERROR;
		diff = csum_diff(&old_saddr, sizeof(old_saddr), &new_saddr, sizeof(new_saddr), diff);
	}
	if (l3_csum_replace(ctx, ETH_HLEN + IPV4_CSUM_OFF, 0, diff, 0) < 0)
		return DROP_CSUM_L3;
	if (has_l4) {
		ret = l4_csum_mend_addresses4(ctx, l4_off, l4_csum_offset(tuple->nexthdr), diff);
		if (ret < 0)
			return ret;
	}
	/* A later fragment keeps its bytes; SCTP's other port is refused all the same. */
	if (port && port != key->dport && !l4_is_icmp(tuple->nexthdr) && (has_l4 || tuple->nexthdr == IPPROTO_SCTP))
		return l4_modify_port(ctx, l4_off, L4_DPORT_OFF, tuple->nexthdr, key->dport, port);
	return 0;
}

/* Sends a packet to a backend of the service it asks for. */
static __always_inline int lb4_local(struct __sk_buff *ctx, int l4_off, struct ipv4_ct_tuple *tuple,
				     const struct lb4_key *key, const struct lb_service *svc, struct ct_state *state,
				     bool has_l4)
{
	void *ct_map = ct_map4(tuple);
	struct lb4_backend *backend;
	__be32 new_saddr = 0;
	__u32 monitor;
	int ret;

	if (!svc->count)
		return DROP_NO_SERVICE;
	ret = ct_lookup4(ctx, ct_map, tuple, l4_off, CT_SERVICE, state, &monitor);
	if (ret < 0)
		return DROP_NO_SERVICE;
	backend = ret == CT_NEW ? lb4_open(ctx, ct_map, tuple, key, svc, state)
				: lb4_continue(ctx, ct_map, tuple, key, svc, state);
	if (!backend)
		return DROP_NO_SERVICE;
#ifndef DISABLE_LOOPBACK_LB
	if (tuple->saddr == backend->address) {
		new_saddr = bpf_htonl(IPV4_LOOPBACK);
		state->loopback = 1;
	}
#endif
#ifdef ENABLE_SESSION_AFFINITY
	if (lb_svc_has_affinity(svc)) {
		struct lb4_affinity_key client = lb4_affinity_key(tuple->saddr, svc);

		lb_affinity_store(&cilium_lb4_affinity, &client, state->backend_id);
	}
#endif
	return lb4_xlate(ctx, l4_off, tuple, key, backend, new_saddr, has_l4);
}

/* The per-packet service step on egress: what conntrack and policy will see is the backend. */
static __always_inline int lb4_translate(struct __sk_buff *ctx, const struct iphdr *ip4, struct ct_state *state,
					 __u16 *proxy_port)
{
	struct ipv4_ct_tuple tuple = {
		.daddr = ip4->daddr,
		.saddr = ip4->saddr,
		.nexthdr = ip4->protocol,
	};
	struct lb4_key key = {};
	struct lb_service *svc;
	int l4_off = ipv4_l4_off(ip4);
	bool has_l4 = ipv4_expects_l4_header(ip4);
	int ret;

	ret = lb4_frontend_key(ctx, ip4, l4_off, &key);
	if (ret == 0) {
		svc = lb4_frontend(&key);
		if (svc && lb_svc_is_l7(svc)) {
			*proxy_port = lb_svc_proxy_port(svc);
		} else if (svc) {
			ret = lb4_local(ctx, l4_off, &tuple, &key, svc, state, has_l4);
			if (ret < 0)
				return ret;
		}
	} else if (ret != DROP_NO_SERVICE && ret != DROP_UNKNOWN_L4) {
		return ret;
	}
	return 0;
}

/* The same, leaving in the control block what the programs after conntrack need to know. */
static __always_inline int lb4_egress(struct __sk_buff *ctx, const struct iphdr *ip4)
{
	struct ct_state state = {};
	__u16 proxy_port = 0;
	int ret = lb4_translate(ctx, ip4, &state, &proxy_port);

	if (ret < 0)
		return ret;
	ctx_store_meta(ctx, CB_PORT, (__u32)proxy_port << 16);
	ctx_store_meta(ctx, CB_BACKEND_ID, state.backend_id);
	ctx_store_meta(ctx, CB_CT_STATE, (__u32)state.rev_nat_index << 16 | state.loopback);
	return 0;
}

#endif /* ENABLE_PER_PACKET_LB */

/*
 * Gives a reply the service's address and port. tuple_saddr, if given, stands for the packet's source and is updated. A
 * looped-back reply goes to the address it came from. Without an entry of that number the packet stays as it is.
 * has_l4: a port stands there. has_csum: so does a checksum; on egress the original thinks so of later fragments, too.
 */
static __always_inline int lb4_rev_nat(struct __sk_buff *ctx, int l4_off, __u8 nexthdr, const struct ct_state *state,
				       __be32 *tuple_saddr, bool has_l4, bool has_csum)
{
	__u16 index = state->rev_nat_index;
	struct lb4_reverse_nat *nat;
	struct csum_offset csum = l4_csum_offset(nexthdr);
	__be32 old_saddr, new_saddr, old_daddr;
	__s64 diff = 0;
	int ret;

	cilium_dbg(ctx, DBG_LB4_REVERSE_NAT_LOOKUP, index, 0);
	nat = map_lookup_elem(&cilium_lb4_reverse_nat, &index);
	if (!nat)
		return 0;
	cilium_dbg(ctx, DBG_LB4_REVERSE_NAT, nat->address, nat->port);
	if (nat->port && has_l4) {
		ret = l4_reverse_port(ctx, l4_off, nexthdr, nat->port);
		if (ret < 0)
			return ret;
	}
	new_saddr = nat->address;
	if (tuple_saddr) {
		old_saddr = *tuple_saddr;
		*tuple_saddr = new_saddr;
	} else if (skb_load_bytes(ctx, ETH_HLEN + IPV4_SADDR_OFF, &old_saddr, sizeof(old_saddr)) < 0) {
		return DROP_INVALID;
	}
	if (state->loopback) {
		if (skb_load_bytes(ctx, ETH_HLEN + IPV4_DADDR_OFF, &old_daddr, sizeof(old_daddr)) < 0)
			return DROP_INVALID;
		if (skb_store_bytes(ctx, ETH_HLEN + IPV4_DADDR_OFF, &old_saddr, sizeof(old_saddr), 0) < 0)
			return DROP_WRITE_ERROR;
		cilium_dbg(ctx, DBG_LB4_LOOPBACK_SNAT_REV, old_daddr, old_saddr);
		diff = csum_diff(&old_daddr, sizeof(old_daddr), &old_saddr, sizeof(old_saddr), 0);
	}
	if (skb_store_bytes(ctx, ETH_HLEN + IPV4_SADDR_OFF, &new_saddr, sizeof(new_saddr), 0) < 0)
		return DROP_WRITE_ERROR;
	diff = csum_diff(&old_saddr, sizeof(old_saddr), &new_saddr, sizeof(new_saddr), diff);
	if (l3_csum_replace(ctx, ETH_HLEN + IPV4_CSUM_OFF, 0, diff, 0) < 0)
		return DROP_CSUM_L3;
	return has_csum ? l4_csum_mend_addresses4(ctx, l4_off, csum, diff) : 0;
}

#endif
