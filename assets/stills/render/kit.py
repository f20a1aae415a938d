# ruff: noqa
"""Shared helpers for the example stills: node shorthand, meshes, light, camera.

Everything is procedural. Nothing is loaded from disk, so a scene depends only
on its own script and its fixed seed.
"""

import math
import os
import random
import tempfile

import bpy  # before the modules that only exist once it is loaded

import bmesh
import numpy as np
from mathutils import Euler, Matrix, Vector

# ---------------------------------------------------------------- scene setup


def reset(seed=1):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    random.seed(seed)
    np.random.seed(seed)
    scene = bpy.context.scene
    scene.world = bpy.data.worlds.new("World")
    scene.world.use_nodes = True
    return scene


def collection(name="lib", hidden=True):
    """A collection; hidden ones hold sources that are only instanced."""
    coll = bpy.data.collections.new(name)
    if not hidden:
        bpy.context.scene.collection.children.link(coll)
    return coll


def link(obj, coll=None):
    (coll or bpy.context.scene.collection).objects.link(obj)
    return obj


# ---------------------------------------------------------------- node graphs


class Graph:
    """Small shorthand over a node tree. Sockets in, sockets out."""

    def __init__(self, tree):
        self.t = tree

    def n(self, kind, ins=None, **props):
        node = self.t.nodes.new("ShaderNode" + kind)
        for k, v in props.items():
            setattr(node, k, v)
        for k, v in (ins or {}).items():
            self.set(node.inputs[k], v)
        return node

    def set(self, sock, v):
        if isinstance(v, bpy.types.NodeSocket):
            self.t.links.new(v, sock)
        elif isinstance(v, bpy.types.Node):
            self.t.links.new(v.outputs[0], sock)
        elif sock.type == "RGBA" and isinstance(v, (tuple, list)) and len(v) == 3:
            sock.default_value = (*v, 1.0)
        elif sock.type == "RGBA" and isinstance(v, str):
            sock.default_value = (*hexc(v), 1.0)
        else:
            sock.default_value = v

    def math(self, op, a, b=0.0, c=0.0, clamp=False):
        node = self.n("Math", operation=op, use_clamp=clamp)
        for i, v in enumerate((a, b, c)):
            if i < len(node.inputs):
                self.set(node.inputs[i], v)
        return node.outputs[0]

    def vmath(self, op, a, b=(0, 0, 0), out=0):
        node = self.n("VectorMath", operation=op)
        self.set(node.inputs[0], a)
        if len(node.inputs) > 1:
            self.set(node.inputs[1], b)
        return node.outputs[out]

    def scale(self, vec, k):
        node = self.n("VectorMath", operation="SCALE")
        self.set(node.inputs[0], vec)
        self.set(node.inputs["Scale"], k)
        return node.outputs[0]

    def mix(self, fac, a, b, blend="MIX", clamp=False):
        node = self.n("Mix", data_type="RGBA", blend_type=blend, clamp_result=clamp)
        self.set(node.inputs[0], fac)
        self.set(node.inputs[6], a)
        self.set(node.inputs[7], b)
        return node.outputs[2]

    def lerp(self, fac, a, b):
        node = self.n("Mix", data_type="FLOAT")
        self.set(node.inputs[0], fac)
        self.set(node.inputs[2], a)
        self.set(node.inputs[3], b)
        return node.outputs[0]

    def range(self, v, a, b, c=0.0, d=1.0, smooth=True):
        node = self.n("MapRange", interpolation_type="SMOOTHSTEP" if smooth else "LINEAR")
        for k, x in zip(("Value", "From Min", "From Max", "To Min", "To Max"), (v, a, b, c, d)):
            self.set(node.inputs[k], x)
        return node.outputs[0]

    def ramp(self, fac, stops, interp="LINEAR"):
        node = self.n("ValToRGB", {"Fac": fac})
        cr = node.color_ramp
        cr.interpolation = interp
        while len(cr.elements) < len(stops):
            cr.elements.new(0.5)
        for el, (pos, col) in zip(cr.elements, stops):
            el.position = pos
            el.color = (*(hexc(col) if isinstance(col, str) else col), 1.0)
        return node.outputs[0]

    def coords(self, which="Object"):
        return self.n("TexCoord").outputs[which]

    def mapping(self, vec, scale=(1, 1, 1), loc=(0, 0, 0), rot=(0, 0, 0)):
        return self.n("Mapping", {"Vector": vec, "Scale": scale, "Location": loc, "Rotation": rot}).outputs[0]

    def noise(self, vec=None, scale=5.0, detail=4.0, rough=0.5, distort=0.0, color=False, **props):
        ins = {"Scale": scale, "Detail": detail, "Roughness": rough, "Distortion": distort}
        if vec is not None:
            ins["Vector"] = vec
        node = self.n("TexNoise", ins, **props)
        return node.outputs[1 if color else 0]

    def voronoi(self, vec=None, scale=5.0, feature="F1", out=0, **ins):
        d = {"Scale": scale, **ins}
        if vec is not None:
            d["Vector"] = vec
        return self.n("TexVoronoi", d, feature=feature).outputs[out]

    def sep(self, vec):
        return self.n("SeparateXYZ", {0: vec}).outputs

    def comb(self, x=0.0, y=0.0, z=0.0):
        return self.n("CombineXYZ", {0: x, 1: y, 2: z}).outputs[0]

    def bump(self, height, strength=0.3, distance=0.02, normal=None):
        ins = {"Height": height, "Strength": strength, "Distance": distance}
        if normal is not None:
            ins["Normal"] = normal
        return self.n("Bump", ins).outputs[0]


def hexc(s):
    """'#rrggbb' in sRGB -> linear triple."""
    s = s.lstrip("#")
    out = []
    for i in (0, 2, 4):
        c = int(s[i : i + 2], 16) / 255
        out.append(c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4)
    return tuple(out)


def material(name, build=None, **pr):
    """Principled material. `build(g)` may return a dict of socket inputs."""
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    g = Graph(m.node_tree)
    bsdf = m.node_tree.nodes["Principled BSDF"]
    ins = dict(pr)
    if build:
        ins.update(build(g) or {})
    for k, v in ins.items():
        k = {
            "color": "Base Color",
            "rough": "Roughness",
            "metal": "Metallic",
            "spec": "Specular IOR Level",
            "coat": "Coat Weight",
            "coat_rough": "Coat Roughness",
            "sss": "Subsurface Weight",
            "sss_scale": "Subsurface Scale",
            "sss_radius": "Subsurface Radius",
            "trans": "Transmission Weight",
            "sheen": "Sheen Weight",
            "normal": "Normal",
            "emit": "Emission Color",
            "power": "Emission Strength",
            "ior": "IOR",
            "alpha": "Alpha",
        }.get(k, k)
        g.set(bsdf.inputs[k], v)
    return m


def emitter(name, color, power):
    m = bpy.data.materials.new(name)
    m.use_nodes = True
    t = m.node_tree
    t.nodes.remove(t.nodes["Principled BSDF"])
    g = Graph(t)
    e = g.n("Emission", {"Color": color, "Strength": power})
    t.links.new(e.outputs[0], t.nodes["Material Output"].inputs[0])
    return m


def translucent_leaf(m, amount=0.4, color=None):
    """Mix a translucent lobe into a principled material (for thin leaves)."""
    t = m.node_tree
    g = Graph(t)
    out = t.nodes["Material Output"]
    bsdf = t.nodes["Principled BSDF"]
    src = bsdf.inputs["Base Color"]
    col = color or (src.links[0].from_socket if src.links else tuple(src.default_value))
    tr = g.n("BsdfTranslucent", {"Color": col})
    mx = g.n("MixShader", {0: amount, 1: bsdf.outputs[0], 2: tr.outputs[0]})
    t.links.new(mx.outputs[0], out.inputs[0])
    return m


def fog_all(color_fn, density, start=0.0, power=1.0, maxfog=1.0, height=None, skip=()):
    """Aerial perspective without noise: blend every surface towards a haze colour
    by camera distance. `color_fn(g, incoming)` returns the haze colour socket."""
    for m in bpy.data.materials:
        if m.name in skip or not m.node_tree:
            continue
        t = m.node_tree
        out = t.nodes.get("Material Output")
        if not out or not out.inputs[0].links:
            continue
        g = Graph(t)
        surf = out.inputs[0].links[0].from_socket
        dist = g.n("CameraData").outputs["View Distance"]
        d = g.math("MAXIMUM", g.math("SUBTRACT", dist, start), 0.0)
        d = g.math("POWER", g.math("MULTIPLY", d, density), power)
        if height is not None:
            z = g.sep(g.n("NewGeometry").outputs["Position"])[2]
            h = g.math("EXPONENT", g.math("MULTIPLY", g.math("MAXIMUM", z, 0.0), -1.0 / height))
            d = g.math("MULTIPLY", d, h)
        f = g.math("SUBTRACT", 1.0, g.math("EXPONENT", g.math("MULTIPLY", d, -1.0)))
        f = g.math("MINIMUM", f, maxfog)
        f = g.math("MULTIPLY", f, g.n("LightPath").outputs["Is Camera Ray"])
        inc = g.n("NewGeometry").outputs["Incoming"]
        col = color_fn(g, inc)
        e = g.n("Emission", {"Color": col, "Strength": 1.0})
        mx = g.n("MixShader", {0: f, 1: surf, 2: e.outputs[0]})
        t.links.new(mx.outputs[0], out.inputs[0])


# -------------------------------------------------------------------- meshes


def mesh(name, verts, faces, mat=None, smooth=True, coll=None, uvs=None, loc=(0, 0, 0)):
    me = bpy.data.meshes.new(name)
    me.from_pydata([tuple(map(float, v)) for v in verts], [], [tuple(int(i) for i in f) for f in faces])
    if uvs is not None:
        lay = me.uv_layers.new(name="UVMap")
        idx = np.empty(len(me.loops), dtype=np.int32)
        me.loops.foreach_get("vertex_index", idx)
        lay.data.foreach_set("uv", np.asarray(uvs, dtype=np.float32)[idx].ravel())
    if smooth:
        me.polygons.foreach_set("use_smooth", [True] * len(me.polygons))
    me.update()
    o = bpy.data.objects.new(name, me)
    o.location = loc
    if mat:
        for m in mat if isinstance(mat, (list, tuple)) else [mat]:
            me.materials.append(m)
    return link(o, coll)


def grid(nx, ny, fn, name="grid", mat=None, close_u=False, coll=None, smooth=True, loc=(0, 0, 0)):
    """Surface from fn(u, v) -> xyz; u, v arrays in 0..1."""
    u = np.linspace(0, 1, nx, endpoint=not close_u)
    v = np.linspace(0, 1, ny)
    U, V = np.meshgrid(u, v)
    P = np.stack(np.broadcast_arrays(*fn(U, V)), -1).reshape(-1, 3)
    f = []
    for j in range(ny - 1):
        for i in range(nx if close_u else nx - 1):
            i2 = (i + 1) % nx
            f.append((j * nx + i, j * nx + i2, (j + 1) * nx + i2, (j + 1) * nx + i))
    uv = np.stack([U, V], -1).reshape(-1, 2)
    return mesh(name, P, f, mat, smooth, coll, uv, loc)


def spline(points, n):
    """Catmull-Rom through 2-D or 3-D points, n samples."""
    p = np.asarray(points, float)
    p = np.vstack([2 * p[0] - p[1], p, 2 * p[-1] - p[-2]])
    seg = len(p) - 3
    out = []
    for t in np.linspace(0, seg - 1e-9, n):
        i = int(t)
        f = t - i
        a, b, c, d = p[i : i + 4]
        out.append(0.5 * ((2 * b) + (c - a) * f + (2 * a - 5 * b + 4 * c - d) * f**2 + (3 * b - a - 3 * c + d) * f**3))
    return np.array(out)


def lathe(profile, seg=96, name="lathe", mat=None, samples=None, coll=None, loc=(0, 0, 0)):
    """Revolve (r, z) points about z."""
    p = spline(profile, samples) if samples else np.asarray(profile, float)
    n = len(p)

    def fn(U, V):
        a = U * 2 * np.pi
        i = np.rint(V * (n - 1)).astype(int)
        return p[i, 0] * np.cos(a), p[i, 0] * np.sin(a), p[i, 1]

    return grid(seg, n, fn, name, mat, close_u=True, coll=coll, loc=loc)


def tube(path, radius, name="tube", mat=None, seg=16, flat=(1.0, 1.0), coll=None, cap=True):
    """Sweep a circle (or ellipse) along a path; radius scalar or per point."""
    p = np.asarray(path, float)
    n = len(p)
    r = np.broadcast_to(np.asarray(radius, float), (n,))
    t = np.gradient(p, axis=0)
    t /= np.linalg.norm(t, axis=1, keepdims=True) + 1e-9
    ref = np.array([0, 0, 1.0]) if abs(t[0, 2]) < 0.9 else np.array([1.0, 0, 0])
    nrm = np.cross(t[0], ref)
    nrm /= np.linalg.norm(nrm)
    V, F = [], []
    a = np.linspace(0, 2 * np.pi, seg, endpoint=False)
    for i in range(n):
        nrm = nrm - t[i] * np.dot(nrm, t[i])
        nrm /= np.linalg.norm(nrm) + 1e-9
        b = np.cross(t[i], nrm)
        V.append(p[i] + r[i] * (np.outer(np.cos(a) * flat[0], nrm) + np.outer(np.sin(a) * flat[1], b)))
    V = np.vstack(V)
    for i in range(n - 1):
        for j in range(seg):
            k = (j + 1) % seg
            F.append((i * seg + j, i * seg + k, (i + 1) * seg + k, (i + 1) * seg + j))
    if cap:
        F.append(tuple(range(seg))[::-1])
        F.append(tuple((n - 1) * seg + j for j in range(seg)))
    return mesh(name, V, F, mat, True, coll)


def box(size, loc=(0, 0, 0), mat=None, bevel=0.0, name="box", rot=(0, 0, 0), coll=None, seg=3, subsurf=0):
    x, y, z = (s / 2 for s in size)
    v = [(-x, -y, -z), (x, -y, -z), (x, y, -z), (-x, y, -z), (-x, -y, z), (x, -y, z), (x, y, z), (-x, y, z)]
    f = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    o = mesh(name, v, f, mat, bevel > 0, coll)
    o.location = loc
    o.rotation_euler = rot
    if bevel:
        b = o.modifiers.new("b", "BEVEL")
        b.width = bevel
        b.segments = seg
        b.limit_method = "NONE"
        b.harden_normals = False
    if subsurf:
        s = o.modifiers.new("s", "SUBSURF")
        s.levels = s.render_levels = subsurf
    return o


def ico(radius=1.0, sub=4):
    bm = bmesh.new()
    bmesh.ops.create_icosphere(bm, subdivisions=sub, radius=radius)
    v = np.array([x.co[:] for x in bm.verts])
    f = [[x.index for x in p.verts] for p in bm.faces]
    bm.free()
    return v, f


# Value noise in numpy, for shaping meshes before they reach the renderer.


def _hash(ix, iy, iz, seed):
    h = (ix * 374761393 + iy * 668265263 + iz * 2147483647 + seed * 1274126177) & 0xFFFFFFFF
    h = ((h ^ (h >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((h ^ (h >> 16)) & 0xFFFFFF) / float(0xFFFFFF)


def vnoise(p, seed=0):
    p = np.asarray(p, float)
    i = np.floor(p).astype(np.int64)
    f = p - i
    f = f * f * f * (f * (f * 6 - 15) + 10)
    r = 0
    for dx in (0, 1):
        for dy in (0, 1):
            for dz in (0, 1):
                w = (
                    np.where(dx, f[..., 0], 1 - f[..., 0])
                    * np.where(dy, f[..., 1], 1 - f[..., 1])
                    * np.where(dz, f[..., 2], 1 - f[..., 2])
                )
                r = r + w * _hash(i[..., 0] + dx, i[..., 1] + dy, i[..., 2] + dz, seed)
    return r * 2 - 1


def fbm(p, octaves=5, gain=0.5, lac=2.03, seed=0, ridged=False):
    p = np.asarray(p, float)
    a, s, tot = 1.0, 0.0, 0.0
    for o in range(octaves):
        v = vnoise(p + o * 17.3, seed + o)
        if ridged:
            v = 1 - 2 * np.abs(v)
        s = s + a * v
        tot += a
        a *= gain
        p = p * lac
    return s / tot


def rock(radius=1.0, seed=0, mat=None, sub=5, squash=(1, 1, 0.7), facets=14, coll=None, loc=(0, 0, 0), rough=0.12):
    """A boulder: sphere cut by random planes, then roughened."""
    rng = np.random.RandomState(seed)
    v, f = ico(1.0, sub)
    n = rng.normal(size=(facets, 3))
    n /= np.linalg.norm(n, axis=1, keepdims=True)
    d = rng.uniform(0.55, 0.9, facets)
    r = np.ones(len(v))
    for ni, di in zip(n, d):
        c = v @ ni
        r = np.minimum(r, np.where(c > 0.05, di / np.maximum(c, 0.05), 9))
    w = v * r[:, None]
    w = w * (
        1
        + rough * fbm(w * 2.2 + seed, 5, seed=seed)[:, None]
        + rough * 0.5 * fbm(w * 7 + seed, 4, seed=seed + 5, ridged=True)[:, None]
    )
    w = w * np.array(squash) * radius
    o = mesh("rock", w, f, mat, True, coll)
    o.location = loc
    return o


def text(body, size=1.0, mat=None, extrude=0.0, bevel=0.0, align="CENTER", outline=False, spacing=1.0, coll=None):
    """Built-in font text curve. outline=True leaves only the tube along the contour."""
    c = bpy.data.curves.new("text", "FONT")
    c.body = body
    c.size = size
    c.align_x = align
    c.align_y = "CENTER"
    c.extrude = extrude
    c.bevel_depth = bevel
    c.bevel_resolution = 2
    c.resolution_u = 8
    c.space_character = spacing
    if outline:
        c.fill_mode = "NONE"
    o = bpy.data.objects.new("text", c)
    if mat:
        c.materials.append(mat)
    return link(o, coll)


def to_mesh(obj):
    """Evaluate an object to a plain mesh copy; returns (verts, faces)."""
    bpy.context.view_layer.update()
    dg = bpy.context.evaluated_depsgraph_get()
    ev = obj.evaluated_get(dg)
    me = ev.to_mesh()
    v = np.array([x.co[:] for x in me.vertices])
    f = [list(p.vertices) for p in me.polygons]
    ev.to_mesh_clear()
    return v, f


def instance(obj, loc, rot=(0, 0, 0), scale=1.0, coll=None):
    """Another object on the same mesh."""
    o = bpy.data.objects.new(obj.name + "_i", obj.data)
    o.location = loc
    o.rotation_euler = rot
    o.scale = scale if hasattr(scale, "__len__") else (scale,) * 3
    return link(o, coll)


def instance_coll(coll, loc, rot_z=0.0, scale=1.0, rot=None):
    o = bpy.data.objects.new(coll.name + "_i", None)
    o.instance_type = "COLLECTION"
    o.instance_collection = coll
    o.location = loc
    o.rotation_euler = rot or (0, 0, rot_z)
    o.scale = (scale,) * 3
    return link(o)


def join(parts, name="joined", coll=None, keep=False):
    """Join (verts, faces, material_index) parts into one mesh object."""
    V, F, M, off = [], [], [], 0
    for v, f, m in parts:
        V.append(v)
        F.extend([[i + off for i in q] for q in f])
        M.extend([m] * len(f))
        off += len(v)
    me = bpy.data.meshes.new(name)
    me.from_pydata(np.vstack(V).tolist(), [], F)
    me.polygons.foreach_set("material_index", M)
    me.polygons.foreach_set("use_smooth", [True] * len(F))
    me.update()
    return link(bpy.data.objects.new(name, me), coll)


# ------------------------------------------------------------- light, camera


def area(loc, target, size, power, color=(1, 1, 1), size_y=None, spread=None, visible=False):
    l = bpy.data.lights.new("area", "AREA")
    l.energy = power
    l.color = hexc(color) if isinstance(color, str) else color
    l.size = size
    if size_y:
        l.shape = "RECTANGLE"
        l.size_y = size_y
    if spread is not None:
        l.spread = spread
    o = bpy.data.objects.new("area", l)
    o.location = loc
    aim(o, target)
    o.visible_camera = visible
    return link(o)


def spot(loc, target, power, color=(1, 1, 1), angle=40, blend=0.5, radius=0.1):
    l = bpy.data.lights.new("spot", "SPOT")
    l.energy = power
    l.color = hexc(color) if isinstance(color, str) else color
    l.spot_size = math.radians(angle)
    l.spot_blend = blend
    l.shadow_soft_size = radius
    o = bpy.data.objects.new("spot", l)
    o.location = loc
    aim(o, target)
    return link(o)


def point(loc, power, color=(1, 1, 1), radius=0.1):
    l = bpy.data.lights.new("point", "POINT")
    l.energy = power
    l.color = hexc(color) if isinstance(color, str) else color
    l.shadow_soft_size = radius
    o = bpy.data.objects.new("point", l)
    o.location = loc
    return link(o)


def sun(direction, power, color=(1, 1, 1), angle=1.0):
    """direction: vector the light comes FROM."""
    l = bpy.data.lights.new("sun", "SUN")
    l.energy = power
    l.color = hexc(color) if isinstance(color, str) else color
    l.angle = math.radians(angle)
    o = bpy.data.objects.new("sun", l)
    o.location = Vector(direction) * 10
    aim(o, (0, 0, 0))
    return link(o)


def aim(o, target):
    d = Vector(target) - Vector(o.location)
    o.rotation_euler = d.to_track_quat("-Z", "Y").to_euler()


def camera(loc, target, lens=50, fstop=None, focus=None, roll=0.0, shift=(0, 0)):
    c = bpy.data.cameras.new("cam")
    c.lens = lens
    c.shift_x, c.shift_y = shift
    c.clip_end = 20000
    o = bpy.data.objects.new("cam", c)
    o.location = loc
    aim(o, target)
    if roll:
        o.rotation_euler = (o.rotation_euler.to_matrix() @ Matrix.Rotation(math.radians(roll), 3, "Z")).to_euler()
    if fstop:
        c.dof.use_dof = True
        c.dof.aperture_fstop = fstop
        c.dof.aperture_blades = 0
        f = Vector(focus if focus is not None else target) - Vector(loc)
        fwd = o.rotation_euler.to_matrix() @ Vector((0, 0, -1))
        c.dof.focus_distance = f.dot(fwd)
    link(o)
    bpy.context.scene.camera = o
    return o


def world(build=None, color=(0, 0, 0), strength=1.0):
    w = bpy.context.scene.world
    g = Graph(w.node_tree)
    bg = w.node_tree.nodes["Background"]
    g.set(bg.inputs["Strength"], strength)
    g.set(bg.inputs["Color"], build(g) if build else color)


def bake_sky(build, width=4096):
    """Draw a procedural sky once into an equirectangular picture and light the scene with
    that: far cheaper than evaluating the cloud noise for every ray. Call it first."""
    world(build)
    scene = bpy.context.scene
    cam = bpy.data.cameras.new("pano")
    cam.type = "PANO"
    cam.panorama_type = "EQUIRECTANGULAR"
    o = link(bpy.data.objects.new("pano", cam))
    o.rotation_euler = (math.pi / 2, 0, -math.pi / 2)
    scene.camera = o
    r = scene.render
    r.engine = "CYCLES"
    scene.cycles.samples = 1
    scene.cycles.use_denoising = False
    scene.cycles.pixel_filter_type = "BOX"
    r.threads_mode, r.threads = "FIXED", 1
    r.resolution_x, r.resolution_y = width, width // 2
    r.use_border = True
    r.border_min_x, r.border_max_x, r.border_min_y, r.border_max_y = 0, 1, 0.48, 1
    r.use_crop_to_border = False
    r.image_settings.file_format = "OPEN_EXR"
    fd, path = tempfile.mkstemp(suffix=".exr")
    os.close(fd)
    r.filepath = path
    bpy.ops.render.render(write_still=True)
    img = bpy.data.images.load(path)
    img.colorspace_settings.name = "Linear Rec.709"
    img.pack()
    os.unlink(path)
    bpy.data.objects.remove(o)
    r.use_border = False
    scene.cycles.pixel_filter_type = "BLACKMAN_HARRIS"
    tree = scene.world.node_tree
    bg = tree.nodes["Background"]
    env = tree.nodes.new("ShaderNodeTexEnvironment")
    env.image = img
    tree.links.new(env.outputs[0], bg.inputs["Color"])


def sky_clouds(
    g,
    sun_dir,
    zenith,
    horizon,
    sun_col,
    cloud_lit,
    cloud_dark,
    cover=0.5,
    scale=1.0,
    seed=0.0,
    glow=1.0,
    soft=0.22,
    sharp_sun=False,
    haze=None,
    density=1.0,
    detail=9.0,
):
    """Painted sky: gradient, sun glow, and two-sample lit fractal clouds on a dome plane."""
    d = g.vmath("NORMALIZE", g.coords("Generated"))
    x, y, z = g.sep(d)
    zc = g.math("MAXIMUM", z, 0.0)
    base = g.mix(g.math("POWER", zc, 0.5), horizon, zenith)
    s = Vector(sun_dir).normalized()
    dot = g.vmath("DOT_PRODUCT", d, tuple(s), out=1)
    dotp = g.math("MAXIMUM", dot, 0.0)
    wide = g.math("MULTIPLY", g.math("POWER", dotp, 6.0), 0.22 * glow)
    mid = g.math("MULTIPLY", g.math("POWER", dotp, 60.0), 0.9 * glow)
    base = g.mix(wide, base, sun_col, "ADD")
    base = g.mix(mid, base, sun_col, "ADD")
    if sharp_sun:
        core = g.math("MULTIPLY", g.math("POWER", dotp, 2500.0), 14.0)
        base = g.mix(core, base, sun_col, "ADD")
    # dome plane projection, softened near the horizon so clouds flatten out
    k = g.math("DIVIDE", 1.0, g.math("ADD", zc, 0.10))
    px = g.math("MULTIPLY", x, k)
    py = g.math("MULTIPLY", y, k)
    P = g.comb(px, py, seed)

    def dens(off):
        q = g.vmath("ADD", P, off)
        big = g.noise(q, 0.55 * scale, 2, 0.5)
        fine = g.noise(q, 1.35 * scale, detail, 0.56, 0.25)
        return g.math("ADD", g.math("MULTIPLY", big, 0.45), g.math("MULTIPLY", fine, 0.55))

    n0 = dens((0, 0, 0))
    n1 = dens((s.x * 0.22, s.y * 0.22, 0.0))
    th = 0.62 - 0.24 * cover
    m0 = g.range(n0, th, th + soft)
    m1 = g.range(n1, th, th + soft * 1.6)
    lit = g.math("SUBTRACT", 1.0, g.math("MULTIPLY", m1, 0.95))
    lit = g.math("MULTIPLY", lit, g.math("SUBTRACT", 1.15, g.math("MULTIPLY", m0, 0.4)), clamp=True)
    col = g.mix(lit, cloud_dark, cloud_lit)
    edge = g.math("MULTIPLY", g.math("POWER", dotp, 10.0), g.math("SUBTRACT", 1.0, m0))
    col = g.mix(g.math("MULTIPLY", edge, 0.9 * glow), col, sun_col, "ADD")
    fade = g.range(z, 0.0, 0.10)
    a = g.math("MULTIPLY", g.math("MULTIPLY", m0, fade), density)
    out = g.mix(a, base, col)
    if haze:
        hz = g.math("POWER", g.math("SUBTRACT", 1.0, zc), 14.0)
        out = g.mix(g.math("MULTIPLY", hz, 0.75), out, haze)
    return out


# ------------------------------------------------------------------- foliage


def leaf_mesh(length=1.0, width=0.4, bend=0.25, fold=0.15, n=9, m=4, tip=1.0):
    """One leaf blade along +x with a central fold, bending down. (verts, faces)"""
    V, F = [], []
    for i in range(n):
        t = i / (n - 1)
        w = width * 0.5 * math.sin(math.pi * min(1, t**0.8 * 0.97 + 0.02)) ** 0.8 * (1 - 0.15 * t * tip)
        x = length * t
        z = -bend * length * t * t
        for j in range(m + 1):
            s = j / m * 2 - 1
            V.append((x, s * w, z + abs(s) * fold * w))
    for i in range(n - 1):
        for j in range(m):
            a = i * (m + 1) + j
            F.append((a, a + 1, a + m + 2, a + m + 1))
    return np.array(V), F


def xform(v, loc=(0, 0, 0), rot=(0, 0, 0), scale=1.0):
    R = np.array(Euler(rot).to_matrix())
    return (np.asarray(v) * scale) @ R.T + np.array(loc)
