import time, numpy as np, shapely
from dataclasses import replace
from tests.store import samples
from tests.store.samples import *
from zoning.store.cases import insert_cases, read_cases
from zoning.store.tables import CaseRow
from zoning.store.boundaries import *
from zoning.store.imports import undo
def big(n):
    c=samples.plain_cases(n); r=np.random.default_rng(1)
    return replace(c, lon=88+r.random(n), lat=22+r.random(n), unit_id=Coded((np.arange(n)%6300).astype(np.int32), words(*(f"U{i:05d}" for i in range(6300)))))
def test_bench(store):
    n=100_000
    c=big(n); P=time.process_time; W=time.time
    with store.transaction() as s:
        i=begin(s,new_import(content_hash="x")); p,w=P(),W(); insert_cases(s,i,c); bulk=(P()-p,W()-w)
    with store.transaction() as s:
        i2=begin(s,new_import(content_hash="y")); p,w=P(),W()
        spelt=c.unit_id.values[c.unit_id.codes]
        for k in range(n):
            s.add(CaseRow(import_id=i2,row=int(c.row[k]),confirmed_on=c.confirmed_on[k].item(),count=1,is_imported=False,is_institutional=False,unit_id=spelt[k],lon=float(c.lon[k]),lat=float(c.lat[k])))
            if k%1000==999: s.flush()
        orm=(P()-p,W()-w)
        undo(s,i2,at=hour(0),who="x")
    with store.reading() as s:
        p,w=P(),W(); r=read_cases(s,hour(1)); rd=(P()-p,W()-w); assert len(r)==n
    with store.reading() as s:
        from sqlalchemy import select
        p,w=P(),W(); rows=s.scalars(select(CaseRow).where(CaseRow.import_id==i)).all(); ormr=(P()-p,W()-w); del rows
    # 2M
    c=big(2_000_000)
    with store.transaction() as s:
        i=begin(s,new_import(content_hash="z")); p,w=P(),W(); insert_cases(s,i,c); b2=(P()-p,W()-w)
    with store.reading() as s:
        p,w=P(),W(); r=read_cases(s,hour(1)); r2=(P()-p,W()-w)
    # units 6300 with 200 vertices
    g=shapely.buffer(shapely.points(88+np.arange(6300)%80*0.01, 22+np.arange(6300)//80*0.01),0.004,quad_segs=64)
    u=Units(words(*(f"U{k}" for k in range(6300))),words(*["n"]*6300),np.ones(6300),words(*["ward"]*6300),words(*["p"]*6300),g)
    with store.transaction() as s:
        i=begin(s,new_import(ImportKind.BOUNDARIES,"u")); p,w=P(),W(); e=insert_edition(s,i,u,NOON); ui=(P()-p,W()-w)
    with store.reading() as s:
        p,w=P(),W(); read_units(s,e); ur=(P()-p,W()-w)
        t=W(); 
        for k in range(50): unit_at(s,e,88.0+0.01*k,22.0)
        at=(W()-t)/50
    print("BENCH",store.engine.dialect.name,"bulk %.2f/%.2f orm %.2f/%.2f read %.2f/%.2f ormread %.2f/%.2f | 2M in %.1f/%.1f out %.1f/%.1f | units in %.2f/%.2f out %.2f/%.2f unit_at %.4f"%(*bulk,*orm,*rd,*ormr,*b2,*r2,*ui,*ur,at))
